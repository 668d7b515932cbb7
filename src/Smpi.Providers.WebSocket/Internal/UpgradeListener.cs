using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Authentication;

namespace Smpi;

/// <summary>The listener without a web framework: accepts sockets and upgrades one path.</summary>
internal sealed class UpgradeListener(Uri address, WebSocketOptions socketOptions, ConnectionOptions options)
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(100);

    public static async ValueTask<IListener> StartAsync(Uri address, WebSocketOptions socketOptions, ConnectionOptions options, CancellationToken ct)
    {
        if (address.Scheme == "wss" && socketOptions.Certificate is null)
        {
            throw new SmpiConfigurationException($"Listening on {address} needs a certificate: set WebSocketOptions.Certificate, or write wss[certificate=app.pem] in the address.");
        }

        Socket? socket = null;
        try
        {
            IPAddress[] found = IPAddress.TryParse(address.DnsSafeHost, out IPAddress? known) ? [known] : await Dns.GetHostAddressesAsync(address.DnsSafeHost, ct).ConfigureAwait(false);
            if (found.Length == 0) throw new SmpiConfigurationException($"Listening on {address} failed: its host has no address on this machine.");
            IPAddress host = found.FirstOrDefault(one => one.AddressFamily == AddressFamily.InterNetwork) ?? found[0];
            socket = new Socket(host.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            if (OperatingSystem.IsWindows()) socket.ExclusiveAddressUse = true;
            socket.Bind(new IPEndPoint(host, address.Port));
            socket.Listen();
        }
        catch (SocketException error)
        {
            socket?.Dispose();
            throw new SmpiConfigurationException(
                error.SocketErrorCode == SocketError.AddressAlreadyInUse ? $"{address} is in use by another listener: choose another port." : $"Listening on {address} failed: {error.Message}",
                error);
        }

        var bound = (IPEndPoint)socket.LocalEndPoint!;
        var listener = new UpgradeListener(address, socketOptions, options);
        Uri real = new UriBuilder(address) { Host = bound.Address.ToString(), Port = bound.Port }.Uri;
        Socket listening = socket;
        return new HandshakeQueue<Socket>(
            real.ToString(), options, token => listener.AcceptAsync(listening, token), listener.OpenAsync, () => Close(listening),
            accepted => (accepted.RemoteEndPoint as IPEndPoint)?.Address.ToString());
    }

    private static ValueTask Close(Socket socket)
    {
        socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private async ValueTask<Socket?> AcceptAsync(Socket listening, CancellationToken ct)
    {
        while (true)
        {
            try
            {
                return await listening.AcceptAsync(ct).ConfigureAwait(false);
            }
            catch (ObjectDisposedException)
            {
                return null;
            }
            catch (SocketException) when (!ct.IsCancellationRequested)
            {
                // The peer left, or the system has no descriptor now.
                await Task.Delay(_pause, options.TimeProvider, ct).ConfigureAwait(false);
            }
        }
    }

    private async ValueTask<IConnection> OpenAsync(Socket accepted, CancellationToken ct)
    {
        Stream stream = new NetworkStream(accepted, ownsSocket: true);
        WebSocket socket;
        string remote;
        try
        {
            accepted.NoDelay = true;
            remote = $"{address.Scheme}://{accepted.RemoteEndPoint}";
            using var timeout = new CancellationTokenSource(options.Limits.HandshakeTimeout, options.TimeProvider);
            using var linked = CancellationTokenSource.CreateLinkedTokenSource(ct, timeout.Token);
            if (address.Scheme == "wss") stream = await SecureAsync(stream, linked.Token).ConfigureAwait(false);
            await new Upgrade(stream, address.AbsolutePath, options.Format.Traits.Subprotocol, socketOptions.AllowedOrigins, remote).RunAsync(linked.Token).ConfigureAwait(false);
            socket = WebSocket.CreateFromStream(stream, new WebSocketCreationOptions
            {
                IsServer = true,
                SubProtocol = options.Format.Traits.Subprotocol,
                KeepAliveInterval = socketOptions.KeepAliveInterval,
                KeepAliveTimeout = socketOptions.KeepAliveTimeout,
            });
        }
        catch
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        return await WebSocketConnection.OpenAsync(socket, options, remote, "ws", socketOptions, null, ct).ConfigureAwait(false);
    }

    private async ValueTask<Stream> SecureAsync(Stream raw, CancellationToken ct)
    {
        var ssl = new SslStream(raw);
        try
        {
            await ssl.AuthenticateAsServerAsync(
                new SslServerAuthenticationOptions
                {
                    ServerCertificate = socketOptions.Certificate,
                    EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                    ClientCertificateRequired = socketOptions.RequireClientCertificate,
                    RemoteCertificateValidationCallback = socketOptions.RequireClientCertificate ? Trust.Of(socketOptions, ofServer: false) : null,
                },
                ct).ConfigureAwait(false);
            return ssl;
        }
        catch
        {
            await ssl.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
