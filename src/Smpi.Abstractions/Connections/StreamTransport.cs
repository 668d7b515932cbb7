using System.Buffers;

namespace Smpi;

/// <summary>Bytes over any <see cref="Stream"/>, or over one stream for each direction.</summary>
/// <param name="input">What is read; disposed with this object.</param>
/// <param name="output">What is written, the same object for a duplex stream; disposed with this object.</param>
/// <param name="remote">The peer, for people.</param>
public sealed class StreamTransport(Stream input, Stream output, string remote) : IByteTransport
{
    private readonly bool _waits = input is System.Net.Sockets.NetworkStream or System.Net.Security.SslStream;
    private int _disposed;

    /// <inheritdoc/>
    public string Remote => remote;

    /// <inheritdoc/>
    public ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken) =>
        buffer.IsEmpty && !_waits ? new ValueTask<int>(0) : input.ReadAsync(buffer, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask SendAsync(ReadOnlySequence<byte> bytes, CancellationToken cancellationToken)
    {
        foreach (ReadOnlyMemory<byte> piece in bytes) await output.WriteAsync(piece, cancellationToken).ConfigureAwait(false);
        await output.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask<CloseReason?> ExplainAsync(Exception? error) => new((CloseReason?)null);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        await input.DisposeAsync().ConfigureAwait(false);
        if (ReferenceEquals(input, output)) return;
        try
        {
            await output.DisposeAsync().ConfigureAwait(false);
        }
        catch (IOException)
        {
            // The peer closed its end first: what could not be flushed has nobody to go to.
        }
    }
}
