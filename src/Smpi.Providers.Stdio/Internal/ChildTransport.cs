using System.Buffers;
using System.Diagnostics;

namespace Smpi;

/// <summary>The standard streams of a child process that this object owns.</summary>
internal sealed class ChildTransport : IByteTransport
{
    private static readonly TimeSpan _moment = TimeSpan.FromSeconds(1);

    private readonly Process _process;
    private readonly string _command;
    private readonly ChildProcessOptions _options;
    private readonly TimeProvider _time;
    private readonly Stream _input;
    private readonly PipeReader _output;
    private readonly ErrorTail _errors;
    private readonly Guardian? _guardian;
    private readonly Task _exited;
    private readonly Lock _gate = new();
    private Task? _disposal;

    public ChildTransport(Process process, string command, ChildProcessOptions options, ConnectionOptions connection)
    {
        _process = process;
        _command = command;
        _options = options;
        _time = connection.TimeProvider;
        _input = process.StandardInput.BaseStream;
        _output = new PipeReader(process.StandardOutput.BaseStream, "smpi stdout");
        _errors = new ErrorTail(process.StandardError.BaseStream, connection.Notes, options.ErrorTailLines);
        _exited = process.WaitForExitAsync();
        _guardian = Guardian.Over(process);
        Remote = $"the child process '{command}' (pid {process.Id})";
    }

    public string Remote { get; }

    public ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        ValueTask<int> receive = _output.ReceiveAsync(buffer);
        return receive.IsCompleted || !cancellationToken.CanBeCanceled ? receive : Cancellable(receive, cancellationToken);
    }

    public async ValueTask SendAsync(ReadOnlySequence<byte> bytes, CancellationToken cancellationToken)
    {
        foreach (ReadOnlyMemory<byte> piece in bytes) await _input.WriteAsync(piece, cancellationToken).AsTask().WaitAsync(cancellationToken).ConfigureAwait(false);
        await _input.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<CloseReason?> ExplainAsync(Exception? error)
    {
        lock (_gate)
        {
            if (_disposal is not null) return null;
        }

        // The end of its output, or a broken pipe, is mostly the end of the process: its code is there in a moment.
        await Task.WhenAny(Task.WhenAll(_exited, _errors.Ended), Task.Delay(_moment, TimeProvider.System)).ConfigureAwait(false);
        if (!_exited.IsCompleted) return new CloseReason(ErrorCode.Closed, $"The child process '{_command}' closed its output and still runs.", ClosedBy.Peer) { ErrorTail = _errors.Text };
        int code = _process.ExitCode;
        string how = code > 128 && !OperatingSystem.IsWindows() ? $"was ended by signal {code - 128}" : $"exited with code {code}";
        return new CloseReason(ErrorCode.PeerExited, $"The child process '{_command}' {how}.", code == 0 ? ClosedBy.Peer : ClosedBy.Transport) { ExitCode = code, ErrorTail = _errors.Text };
    }

    public ValueTask DisposeAsync()
    {
        lock (_gate) _disposal ??= EndAsync();
        return new ValueTask(_disposal);
    }

    private static async ValueTask<int> Cancellable(ValueTask<int> receive, CancellationToken ct) => await receive.AsTask().WaitAsync(ct).ConfigureAwait(false);

    private async Task EndAsync()
    {
        // The caller holds the lock.
        await Task.Yield();
        _output.Dispose();
        Task closing = CloseInputAsync();
        using (var grace = new CancellationTokenSource(_options.GraceTime, _time))
        {
            await Task.WhenAny(_exited, Task.Delay(Timeout.Infinite, grace.Token)).ConfigureAwait(false);
        }

        KillTree();
        await _exited.ConfigureAwait(false);
        await closing.ConfigureAwait(false);
        if (_guardian is not null) await _guardian.ReleaseAsync().ConfigureAwait(false);
        _process.Dispose();
    }

    private async Task CloseInputAsync()
    {
        await Task.Yield();
        try
        {
            await _input.DisposeAsync().ConfigureAwait(false);
        }
        catch (IOException)
        {
            // The child closed its input first.
        }
    }

    private void KillTree()
    {
        try
        {
            if (!_exited.IsCompleted) _process.Kill(entireProcessTree: true);
        }
        catch (Exception error) when (error is InvalidOperationException or System.ComponentModel.Win32Exception or AggregateException)
        {
            // It ended by itself in the meantime.
        }
    }
}
