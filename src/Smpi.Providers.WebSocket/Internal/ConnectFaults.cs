using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Authentication;

namespace Smpi;

/// <summary>Turns a refused upgrade into a sentence that names the address and the remedy.</summary>
internal static class ConnectFaults
{
    public static SmpiException Of(Uri address, HttpStatusCode status, Exception error) => (int)status switch
    {
        401 => Wrong($"{address} knows no such caller (HTTP 401): set WebSocketOptions.BearerToken or a header with valid credentials.", error),
        403 => Wrong($"{address} does not allow this caller (HTTP 403): it needs other rights, or the origin is not listed there.", error),
        404 => Wrong($"There is no Smpi endpoint at {address} (HTTP 404): check the path.", error),
        426 => Wrong($"{address} asks for another version of WebSocket (HTTP 426).", error),
        400 or 405 => Wrong($"{address} refused the upgrade (HTTP {(int)status}): does it speak the same format here?", error),
        200 => Wrong($"{address} answered without upgrading to WebSocket (HTTP 200): check the path.", error),
        >= 300 and < 500 and not 408 and not 429 => Wrong($"{address} refused the upgrade (HTTP {(int)status}).", error),
        >= 400 => Gone($"{address} cannot take a connection now (HTTP {(int)status}).", error),
        _ => Of(address, error),
    };

    private static SmpiException Of(Uri address, Exception error)
    {
        if (Find<AuthenticationException>(error) is { } trust) return Wrong($"The certificate of {address} is not trusted: {trust.Message}", error);
        if (error is WebSocketException { WebSocketErrorCode: WebSocketError.UnsupportedProtocol }) return Wrong($"{address} chose a subprotocol that was not offered.", error);
        if (Find<HttpRequestException>(error) is { HttpRequestError: HttpRequestError.ProxyTunnelError } tunnel)
            return Wrong($"The proxy opens no way to {address}: {tunnel.Message} Set WebSocketOptions.Proxy, with credentials where it asks for them.", error);
        if (Find<HttpRequestException>(error) is { HttpRequestError: HttpRequestError.InvalidResponse })
            return Wrong($"What listens on {address} answered, and is no HTTP server, as which a WebSocket begins: check the port; a server of Smpi without HTTP is reached by 'tcp://{address.Authority}'.", error);
        if (Find<HttpIOException>(error) is { HttpRequestError: HttpRequestError.ResponseEnded })
            return Gone($"What listens on {address} closed without an answer to the upgrade: it may be no HTTP server; one of Smpi without HTTP is reached by 'tcp://{address.Authority}'.", error);
        return Find<SocketException>(error)?.SocketErrorCode switch
        {
            SocketError.ConnectionRefused => Gone($"Nothing listens on {address}: the connection was refused.", error),
            SocketError.HostNotFound or SocketError.NoData => Gone($"The host of {address} is not known to the name service.", error),
            _ => Gone($"{address} cannot be reached: {error.Message}", error),
        };
    }

    private static T? Find<T>(Exception? error)
        where T : Exception
    {
        while (error is not null and not T) error = error.InnerException;
        return (T?)error;
    }

    private static SmpiConfigurationException Wrong(string text, Exception error) => new(text, error);

    private static ChannelClosedException Gone(string text, Exception error) => new(new CloseReason(ErrorCode.Unavailable, text, ClosedBy.Transport), error);
}
