using System.Net;
using System.Net.Sockets;

namespace Smpi;

/// <summary>TCP: <c>tcp://127.0.0.1:4711</c>, <c>tcp://[::1]:0</c>.</summary>
public sealed class TcpProtocol : ByteServerProtocol
{
    private readonly TcpOptions _options;
    private readonly string _token;

    /// <summary>Makes a protocol for one endpoint. Nothing is opened yet.</summary>
    /// <param name="host">A name or an IP address, without brackets; for listening an address of this machine.</param>
    /// <param name="port">The port; zero, for listening only, takes any free one.</param>
    /// <param name="options">How sockets are set up; null for the defaults.</param>
    /// <exception cref="SmpiConfigurationException">The host or the port is not valid.</exception>
    public TcpProtocol(string host, int port, TcpOptions? options = null)
        : this(host, port, options, "tcp")
    {
    }

    private TcpProtocol(string host, int port, TcpOptions? options, string token)
    {
        TcpAddress.Check(host, port);
        Host = host;
        Port = port;
        _options = options ?? new TcpOptions();
        _token = token;
        Address = TcpAddress.Format(token, host, port);
    }

    internal TcpOptions Options => _options;

    /// <inheritdoc/>
    public override string Name => "tcp";

    /// <inheritdoc/>
    public override string Address { get; }

    /// <summary>The host.</summary>
    public string Host { get; }

    /// <summary>The port.</summary>
    public int Port { get; }

    /// <inheritdoc/>
    protected internal override string? HostName => Host;

    internal override ByteProtocol Below(string token) => new TcpProtocol(Host, Port, _options, token);

    /// <inheritdoc/>
    protected internal override async ValueTask<IByteTransport> DialAsync(ConnectionOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (Port == 0) throw new SmpiConfigurationException($"{Address} has port 0, which only a listener can use: name the port to connect to.");
        Exception? failure = null;
        foreach (IPAddress address in await ResolveAsync(cancellationToken).ConfigureAwait(false))
        {
            Socket? socket = null;
            try
            {
                socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
                SetUp(socket);
                await socket.ConnectAsync(new IPEndPoint(address, Port), cancellationToken).ConfigureAwait(false);
                return new SocketTransport(socket, Address, options);
            }
            catch (SocketException error)
            {
                socket?.Dispose();
                failure ??= error;
            }
            catch
            {
                socket?.Dispose();
                throw;
            }
        }

        throw TransportFaults.Connecting(Address, failure ?? new SocketException((int)SocketError.NoData));
    }

    /// <inheritdoc/>
    protected internal override async ValueTask<IByteListener> BindAsync(ConnectionOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        Socket? socket = null;
        try
        {
            IPAddress[] addresses = await TcpAddress.ResolveAsync(Host, cancellationToken).ConfigureAwait(false);
            IPAddress address = addresses.FirstOrDefault(one => one.AddressFamily == AddressFamily.InterNetwork) ?? addresses[0];
            socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            if (address.Equals(IPAddress.IPv6Any)) socket.DualMode = true;
            if (OperatingSystem.IsWindows()) socket.ExclusiveAddressUse = true;
            socket.Bind(new IPEndPoint(address, Port));
            socket.Listen(_options.Backlog);
            var bound = (IPEndPoint)socket.LocalEndPoint!;
            return new SocketListener(
                TcpAddress.Format(_token, bound.Address.ToString(), bound.Port), socket.AcceptAsync, accepted => Wrap(accepted, options), options, () => Close(socket));
        }
        catch (Exception error) when (error is SocketException)
        {
            socket?.Dispose();
            throw TransportFaults.Listening(Address, error);
        }
        catch
        {
            socket?.Dispose();
            throw;
        }
    }

    private static ValueTask Close(Socket socket)
    {
        socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private SocketTransport Wrap(Socket accepted, ConnectionOptions options)
    {
        SetUp(accepted);
        var peer = (IPEndPoint)accepted.RemoteEndPoint!;
        IPAddress address = peer.Address.IsIPv4MappedToIPv6 ? peer.Address.MapToIPv4() : peer.Address;
        return new SocketTransport(accepted, TcpAddress.Format(_token, $"{address}", peer.Port), options);
    }

    private async ValueTask<IPAddress[]> ResolveAsync(CancellationToken ct)
    {
        try
        {
            return await TcpAddress.ResolveAsync(Host, ct).ConfigureAwait(false);
        }
        catch (SocketException error)
        {
            throw TransportFaults.Connecting(Address, error);
        }
    }

    private void SetUp(Socket socket)
    {
        socket.NoDelay = _options.NoDelay;
        if (_options.KeepAlive) socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        if (_options.ReceiveBuffer is { } receive) socket.ReceiveBufferSize = receive;
        if (_options.SendBuffer is { } send) socket.SendBufferSize = send;
    }
}
