using System.Buffers;
using System.Net.Sockets;

namespace Smpi.Samples;

// <transport>
/// <summary>The octets of one socket. What the socket's error codes mean is known here and nowhere else.</summary>
internal sealed class AbstractSocketTransport(NetworkStream stream, string remote) : IByteTransport
{
    private readonly StreamTransport _bytes = new(stream, stream, remote);

    public string Remote => remote;

    public ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken) => _bytes.ReceiveAsync(buffer, cancellationToken);

    public ValueTask SendAsync(ReadOnlySequence<byte> bytes, CancellationToken cancellationToken) => _bytes.SendAsync(bytes, cancellationToken);

    public ValueTask<CloseReason?> ExplainAsync(Exception? error) => new(error?.GetBaseException() is SocketException { SocketErrorCode: SocketError.ConnectionReset }
        ? new CloseReason(ErrorCode.Unavailable, $"The process behind {remote} ended without a goodbye.", ClosedBy.Transport)
        : null);

    public ValueTask DisposeAsync() => _bytes.DisposeAsync();
}
// </transport>
