using System.Buffers;

namespace Smpi;

/// <summary>The wire to the host of this process.</summary>
internal sealed class StdioTransport((Stream Input, Stream Output) streams, StdioOptions options) : IByteTransport
{
    private readonly PipeReader _input = new(streams.Input, "smpi stdin");
    private int _disposed;

    public string Remote => "the host of this process";

    public ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken) => _input.ReceiveAsync(buffer);

    public async ValueTask SendAsync(ReadOnlySequence<byte> bytes, CancellationToken cancellationToken)
    {
        foreach (ReadOnlyMemory<byte> piece in bytes) await streams.Output.WriteAsync(piece, cancellationToken).ConfigureAwait(false);
    }

    public ValueTask<CloseReason?> ExplainAsync(Exception? error) =>
        new(new CloseReason(ErrorCode.PeerExited, "The host of this process closed its end, or is gone.", ClosedBy.Peer));

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        _input.Dispose();
        try
        {
            await streams.Output.DisposeAsync().ConfigureAwait(false);
        }
        catch (IOException)
        {
            // The host is gone.
        }

        if (!options.ExitWithHost) return;

        // On a thread of its own: what runs at exit may wait for the very thread that disposes.
        new Thread(static () => Environment.Exit(0)) { IsBackground = true, Name = "smpi exit" }.Start();
    }
}
