using System.Buffers;
using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Smpi;

/// <summary>The standard streams of a child process that this object owns.</summary>
internal sealed class ChildTransport : IByteTransport
{
    // How long the rest may take of what comes at the end: the exit code, the last lines, the last octets. Real time: the system works on it.
    private static readonly TimeSpan _moment = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan _longestKill = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _end = new();
    private readonly Process _process;
    private readonly string _mark;
    private readonly IGuard? _guard;
    private readonly ChildProcessOptions _options;
    private readonly TimeProvider _time;
    private readonly Stream _input;
    private readonly ChildPipe _output;
    private readonly ChildPipe _errorPipe;
    private readonly ErrorTail _errors;
    private readonly Task _exited;
    private readonly Lock _gate = new();
    private FirstWords? _firstWords = new();
    private int? _exitCode;
    private bool _killed;
    private Task? _disposal;

    public ChildTransport(Process process, string mark, IGuard? guard, string command, ChildProcessOptions options, ConnectionOptions connection)
    {
        _process = process;
        _mark = mark;
        _guard = guard;
        _options = options;
        _time = connection.TimeProvider;
        Remote = $"the child process '{command}' (pid {process.Id})";
        _input = process.StandardInput.BaseStream;
        _output = new ChildPipe(process.StandardOutput.BaseStream, "smpi stdout");
        _errorPipe = new ChildPipe(process.StandardError.BaseStream, "smpi stderr");
        _errors = new ErrorTail(_errorPipe, connection.Notes, options.ErrorTailLines);
        _exited = WatchAsync();
    }

    public string Remote { get; }

    /// <summary>The last lines of standard error.</summary>
    public string LastWords => _errors.Text;

    /// <summary>The exit code, if the child has ended and was not killed by the disposal.</summary>
    public int? ExitCode => _exitCode;

    public ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken) =>
        _firstWords is null ? _output.ReceiveAsync(buffer, cancellationToken) : ReceiveFirstAsync(buffer, cancellationToken);

    /// <summary>The hello was understood: what the child writes is no longer kept.</summary>
    public void Opened() => _firstWords = null;

    /// <summary>Why a child that was not understood is not what this side looks for; null when nothing more is known than what could not be read.</summary>
    public CloseReason? Judge()
    {
        FirstWords words = _firstWords ?? new FirstWords();
        string text = words.Text;
        string subject = string.Concat("T", Remote.AsSpan(1));
        if (_exitCode is { } code and not 0)
        {
            string last = string.Join('\n', new[] { text, _errors.Text }.Where(static one => one.Length > 0));
            return new CloseReason(ErrorCode.PeerExited, $"{subject} {Ended(code)} before it said hello.", ClosedBy.Transport) { ExitCode = code, ErrorTail = last };
        }

        if (text.Length == 0) return null;
        return new CloseReason(
            ErrorCode.ProtocolError,
            $"{subject} printed '{words.Line}' to its standard output, which carries its messages: it has to make its channel with UseStdio or 'stdio:' before it prints, "
            + "or to print to standard error.",
            ClosedBy.Transport)
        { ExitCode = _exitCode, ErrorTail = _errors.Text };
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask SendAsync(ReadOnlySequence<byte> bytes, CancellationToken cancellationToken)
    {
        using CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(static end => ((CancellationTokenSource)end!).Cancel(), _end);
        foreach (ReadOnlyMemory<byte> piece in bytes)
        {
            // On Windows a write that blocks cannot be ended, only left behind; and the stream has a buffer.
            if (OperatingSystem.IsWindows()) await _input.WriteAsync(piece, _end.Token).AsTask().WaitAsync(_end.Token).ConfigureAwait(false);
            else await _input.WriteAsync(piece, _end.Token).ConfigureAwait(false);
        }

        if (OperatingSystem.IsWindows()) await _input.FlushAsync(_end.Token).ConfigureAwait(false);
    }

    public async ValueTask<CloseReason?> ExplainAsync(Exception? error)
    {
        lock (_gate)
        {
            if (_disposal is not null) return null;
        }

        // The end of its output, or a broken pipe, is mostly the end of the process: its code is there in a moment.
        await Task.WhenAny(Task.WhenAll(_exited, _errors.Ended), Task.Delay(_moment, TimeProvider.System)).ConfigureAwait(false);
        string subject = string.Concat("T", Remote.AsSpan(1));
        if (_exitCode is not { } code) return new CloseReason(ErrorCode.Closed, $"{subject} closed its output and still runs.", ClosedBy.Peer) { ErrorTail = _errors.Text };
        return new CloseReason(ErrorCode.PeerExited, $"{subject} {Ended(code)}.", code == 0 ? ClosedBy.Peer : ClosedBy.Transport) { ExitCode = code, ErrorTail = _errors.Text };
    }

    public ValueTask DisposeAsync()
    {
        lock (_gate) _disposal ??= Task.Run(EndAsync);
        return new ValueTask(_disposal);
    }

    private static string Ended(int code) => code is > 128 and <= 192 && !OperatingSystem.IsWindows()
        ? $"was ended by signal {code - 128} (exit code {code})"
        : $"exited with code {code}";

    private async ValueTask<int> ReceiveFirstAsync(Memory<byte> buffer, CancellationToken ct)
    {
        int count = await _output.ReceiveAsync(buffer, ct).ConfigureAwait(false);
        _firstWords?.Add(buffer.Span[..count]);
        return count;
    }

    private async Task WatchAsync()
    {
        await _process.WaitForExitAsync().ConfigureAwait(false);
        if (!Volatile.Read(ref _killed)) _exitCode = _process.ExitCode;
        _guard?.Forget();
        _ = _output.EndWhenSilentAsync(_moment, TimeProvider.System);
    }

    private async Task EndAsync()
    {
        await _end.CancelAsync().ConfigureAwait(false);
        Task drained = _output.DrainAsync(_firstWords);
        try
        {
            Task closed = CloseInputAsync();
            await InTimeAsync(_exited, _options.GraceTime, _time).ConfigureAwait(false);

            // What a child left behind that ended in good order was left on purpose.
            if (!_exited.IsCompleted || _process.ExitCode != 0)
            {
                Volatile.Write(ref _killed, true);
                ProcessMark.KillTree(_process, _mark);
            }

            await InTimeAsync(_exited, _longestKill, TimeProvider.System).ConfigureAwait(false);
            await InTimeAsync(Task.WhenAll(_errors.Ended, closed), _moment, TimeProvider.System).ConfigureAwait(false);
        }
        finally
        {
            _output.Dispose();
            _errorPipe.Dispose();
            _guard?.Release();
            _process.Dispose();
        }

        if (!OperatingSystem.IsWindows()) await drained.ConfigureAwait(false);
    }

    private async Task CloseInputAsync()
    {
        try
        {
            await Task.Run(_input.Dispose).ConfigureAwait(false);
        }
        catch (IOException)
        {
            // The child closed its input first.
        }
    }

    private static async Task InTimeAsync(Task task, TimeSpan limit, TimeProvider time)
    {
        using var stop = new CancellationTokenSource();
        await Task.WhenAny(task, Task.Delay(limit, time, stop.Token)).ConfigureAwait(false);
        await stop.CancelAsync().ConfigureAwait(false);
    }
}
