using System.Buffers;
using System.Runtime.CompilerServices;

namespace Smpi;

/// <summary>The wire to the host of this process.</summary>
internal sealed class StdioTransport((Stream Input, OwnOutput Output) streams, StdioOptions options) : IByteTransport
{
    private readonly CancellationTokenSource _end = new();
    private readonly PipeReader _input = new(streams.Input, "smpi stdin");
    private volatile bool _broken;
    private int _disposed;

    /// <summary>The connection's facts, once it is open: they tell whether the host said goodbye.</summary>
    public ConnectionInfo? Info { get; set; }

    public string Remote => "the host of this process";

    public ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken) => _input.ReceiveAsync(buffer, cancellationToken);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask SendAsync(ReadOnlySequence<byte> bytes, CancellationToken cancellationToken)
    {
        using CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(static end => ((CancellationTokenSource)end!).Cancel(), _end);
        try
        {
            foreach (ReadOnlyMemory<byte> piece in bytes) await streams.Output.WriteAsync(piece, _end.Token).ConfigureAwait(false);
        }
        catch (IOException)
        {
            _broken = true;
            throw;
        }
    }

    public ValueTask<CloseReason?> ExplainAsync(Exception? error) =>
        new(new CloseReason(ErrorCode.PeerExited, "The host of this process closed its end, or is gone.", ClosedBy.Peer));

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;

        // A host that closes because this side said goodbye is not gone before its time.
        bool gone = Info?.Closed is { } closed ? closed.By != ClosedBy.Local : _broken || _input.Ended;
        await _end.CancelAsync().ConfigureAwait(false);
        _input.Dispose();
        try
        {
            await streams.Output.DisposeAsync().ConfigureAwait(false);
        }
        catch (IOException)
        {
            // The host is gone.
        }

        if (!gone || !options.ExitWithHost) return;

        // On a thread of its own: what runs at exit may wait for the very thread that disposes.
        new Thread(static () => Environment.Exit(0)) { IsBackground = true, Name = "smpi exit" }.Start();
    }
}
