using System.Net;
using System.Net.WebSockets;

namespace Smpi;

/// <summary>WebSocket: <c>ws://127.0.0.1:4713/smpi</c>, <c>wss://host/smpi</c>.</summary>
/// <remarks>
/// A format with a subprotocol is carried as a byte stream, any other one message for one WebSocket message (<see cref="WebSocketConnection.IsStream"/>).
/// A refused upgrade (HTTP 401, 403, 404 and the like) is a <see cref="SmpiConfigurationException"/> with
/// <see cref="SmpiConfigurationException.IsRefusal"/>. It ends a channel that was never connected, unless <see cref="WebSocketOptions.BearerToken"/> is set; otherwise
/// the channel tries again, with growing waits and the next token.
/// </remarks>
public sealed class WebSocketProtocol : IServerProtocol, IGuardedProtocol
{
    private readonly Uri? _known;
    private readonly WebSocketOptions _options;

    /// <summary>Makes a protocol for one endpoint. Nothing is opened yet.</summary>
    /// <param name="address">The address; for listening its host is one of this machine, and port 0 takes any free one.</param>
    /// <param name="options">Headers, trust and limits; null for the defaults.</param>
    /// <exception cref="SmpiConfigurationException">The address is not of the form.</exception>
    public WebSocketProtocol(string address, WebSocketOptions? options = null)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("ws" or "wss") || uri.UserInfo.Length > 0 || uri.Fragment.Length > 0)
        {
            throw new SmpiConfigurationException("A WebSocket address has the form 'ws://host:port/path' or 'wss://host/path', without user, password and fragment.");
        }

        _known = uri;
        _options = options ?? new WebSocketOptions();
    }

    /// <summary>Options alone, for an address that comes later; null where one is known already.</summary>
    internal WebSocketProtocol(WebSocketOptions options, Uri? address) => (_options, _known) = (options, address);

    /// <inheritdoc/>
    public string Name => "ws";

    /// <inheritdoc/>
    public IReadOnlyCollection<string> Guards
    {
        get
        {
            var guards = new List<string>();
            if (_options.BearerToken is not null) guards.Add("WebSocketOptions.BearerToken");
            if (_options.Headers.ContainsKey("Authorization")) guards.Add("the header Authorization");
            if (_options.RequireClientCertificate) guards.Add("required client certificates");
            return guards;
        }
    }

    internal WebSocketOptions Options => _options;

    internal Uri? Known => _known;

    private Uri Address => _known
        ?? throw new SmpiConfigurationException("The WebSocket has options and no address: give UseWebSocket an address, or the channel one such as 'ws://127.0.0.1:4713/smpi'.");

    /// <inheritdoc/>
    public async ValueTask<IConnection> ConnectAsync(ConnectionOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        ConnectionOptions dialler = options with { Role = ConnectionRole.Dialler };
        TimeSpan patience = options.Limits.HandshakeTimeout;
        using var timeout = new CancellationTokenSource(patience, options.TimeProvider);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        WebSocket socket;
        try
        {
            socket = await DialAsync(dialler, linked.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (linked.IsCancellationRequested)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new ChannelClosedException(
                new CloseReason(ErrorCode.Unavailable, $"{Address} did not answer within {patience.TotalSeconds:0.#} s.", ClosedBy.Transport), error);
        }

        return await WebSocketConnection.OpenAsync(socket, dialler, Address.ToString(), Name, _options, null, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<IListener> ListenAsync(ConnectionOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        return await UpgradeListener.StartAsync(Address, _options, options with { Role = ConnectionRole.Listener }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The address.</summary>
    public override string ToString() => _known?.ToString() ?? "ws:";

    private async ValueTask<WebSocket> DialAsync(ConnectionOptions options, CancellationToken ct)
    {
        var socket = new ClientWebSocket();
        try
        {
            await PrepareAsync(socket.Options, options.Format, ct).ConfigureAwait(false);
            await socket.ConnectAsync(Address, ct).ConfigureAwait(false);
            if (socket.SubProtocol == options.Format.Traits.Subprotocol) return socket;
            throw new SmpiConfigurationException(
                $"{Address} chose no subprotocol, and the format '{options.Format.Name}' needs '{options.Format.Traits.Subprotocol}': does Smpi listen there?");
        }
        catch (WebSocketException error)
        {
            HttpStatusCode status = socket.HttpStatusCode;
            socket.Dispose();
            throw ConnectFaults.Of(Address, status, _options.BearerToken is not null, error);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async ValueTask PrepareAsync(ClientWebSocketOptions target, IWireFormat format, CancellationToken ct)
    {
        target.CollectHttpResponseDetails = true;
        if (format.Traits.Subprotocol is { } subprotocol) target.AddSubProtocol(subprotocol);
        foreach ((string name, string value) in _options.Headers) target.SetRequestHeader(name, value);
        if (_options.BearerToken is { } bearer && await bearer(ct).ConfigureAwait(false) is { } token) target.SetRequestHeader("Authorization", $"Bearer {token}");
        if (_options.ClientCertificates.Count > 0) target.ClientCertificates = _options.ClientCertificates;
        else if (_options.Certificate is { } certificate) target.ClientCertificates = [certificate];
        if (Trust.Of(_options, ofServer: true) is { } validate) target.RemoteCertificateValidationCallback = validate;
        if (_options.Proxy is { } proxy) target.Proxy = proxy;
        target.KeepAliveInterval = _options.KeepAliveInterval;
        target.KeepAliveTimeout = _options.KeepAliveTimeout;
    }
}
