using System.Buffers;
using System.Runtime.CompilerServices;

namespace Smpi;

/// <summary>Bytes over one stream for each direction, or one for both. Disposal ends what is pending through the token first, then closes the streams.</summary>
internal sealed class StreamPairTransport(Stream input, Stream output, string remote) : IByteTransport
{
    private readonly TransportLifetime _life = new();

    public string Remote => remote;

    // Few streams can wait without a buffer; one that cannot would take the empty read for the end.
    public ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken) =>
        buffer.IsEmpty ? new ValueTask<int>(0) : _life.Until(input.ReadAsync(buffer, _life.Token), cancellationToken);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask SendAsync(ReadOnlySequence<byte> bytes, CancellationToken cancellationToken)
    {
        using CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(static life => ((TransportLifetime)life!).End(), _life);
        foreach (ReadOnlyMemory<byte> piece in bytes) await output.WriteAsync(piece, _life.Token).ConfigureAwait(false);
        await output.FlushAsync(_life.Token).ConfigureAwait(false);
    }

    public ValueTask<CloseReason?> ExplainAsync(Exception? error) => new(error is IOException && TransportFaults.Lost(remote, error) is null
        ? new CloseReason(ErrorCode.Unavailable, $"{remote} closed the connection before it had read everything: {error.Message}", ClosedBy.Transport)
        : TransportFaults.Lost(remote, error));

    public async ValueTask DisposeAsync()
    {
        if (!_life.TryDispose()) return;
        _life.End();
        await DisposeAsync(output).ConfigureAwait(false);
        if (!ReferenceEquals(input, output)) await DisposeAsync(input).ConfigureAwait(false);
    }

    private static async ValueTask DisposeAsync(Stream stream)
    {
        try
        {
            await stream.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or OperationCanceledException or InvalidOperationException)
        {
            // The other end closed first: what could not be flushed has nobody to go to.
        }
    }
}
