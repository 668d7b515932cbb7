using System.Net.Sockets;

namespace Smpi.Samples;

// <naive>
/// <summary>The first version: it connects, and says nothing when it cannot.</summary>
public sealed class NaiveProtocol(string name) : IProtocol
{
    public string Name => "abstract";

    public async ValueTask<IConnection> ConnectAsync(ConnectionOptions options, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint("\0" + name), cancellationToken).ConfigureAwait(false);
        var stream = new NetworkStream(socket, ownsSocket: true);
        return await StreamConnection.OpenAsync(new StreamTransport(stream, stream, name), options, Name, cancellationToken).ConfigureAwait(false);
    }
}
// </naive>
