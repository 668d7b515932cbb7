using System.Net.Sockets;

namespace Smpi.Samples;

/// <summary>Sockets in the abstract namespace of Linux: a name that no file system knows and that is gone with its listener.</summary>
public sealed class AbstractSocketProtocol : IServerProtocol
{
    private readonly string _address;
    private readonly UnixDomainSocketEndPoint _endPoint;

    // <constructor>
    public AbstractSocketProtocol(string name)
    {
        if (!OperatingSystem.IsLinux()) throw new SmpiConfigurationException("The protocol 'abstract' needs Linux: use 'ipc' elsewhere.");
        if (string.IsNullOrEmpty(name)) throw new SmpiConfigurationException("An abstract socket needs a name, such as 'abstract:jobs'.");
        _address = $"abstract:{name}";
        _endPoint = new UnixDomainSocketEndPoint("\0" + name);
    }
    // </constructor>

    public string Name => "abstract";

    // <connect>
    public async ValueTask<IConnection> ConnectAsync(ConnectionOptions options, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(_endPoint, cancellationToken).ConfigureAwait(false);
        }
        catch (SocketException error)
        {
            socket.Dispose();
            throw new ChannelClosedException(
                new CloseReason(ErrorCode.Unavailable, $"Nothing listens on {_address}: start the process that should.", ClosedBy.Transport), error);
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        return await OpenAsync(socket, options with { Role = ConnectionRole.Dialler }, cancellationToken).ConfigureAwait(false);
    }
    // </connect>

    // <listen>
    public ValueTask<IListener> ListenAsync(ConnectionOptions options, CancellationToken cancellationToken)
    {
        ConnectionOptions accepted = options with { Role = ConnectionRole.Listener };
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Bind(_endPoint);
            socket.Listen();
        }
        catch (SocketException error)
        {
            socket.Dispose();
            throw new SmpiConfigurationException($"{_address} is in use by another listener: choose another name, or end the process that has it.", error);
        }

        return new ValueTask<IListener>(new HandshakeQueue<Socket>(
            _address,
            accepted,
            async ct => await socket.AcceptAsync(ct).ConfigureAwait(false),
            (peer, ct) => OpenAsync(peer, accepted, ct),
            () =>
            {
                socket.Dispose();
                return default;
            }));
    }
    // </listen>

    public override string ToString() => _address;

    // <open>
    private async ValueTask<IConnection> OpenAsync(Socket socket, ConnectionOptions options, CancellationToken ct)
    {
        var transport = new AbstractSocketTransport(new NetworkStream(socket, ownsSocket: true), _address);
        return await StreamConnection.OpenAsync(transport, options, Name, ct).ConfigureAwait(false);
    }
    // </open>
}
