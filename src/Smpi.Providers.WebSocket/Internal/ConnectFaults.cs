using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Authentication;

namespace Smpi;

/// <summary>Turns a refused upgrade into a sentence that names the address and the remedy.</summary>
internal static class ConnectFaults
{
    /// <summary>The exception of a refused upgrade.</summary>
    /// <param name="address">What was dialled.</param>
    /// <param name="status">What the server answered.</param>
    /// <param name="renews">Whether each attempt asks for credentials anew, so that the next one may succeed.</param>
    /// <param name="error">What the framework threw.</param>
    public static SmpiException Of(Uri address, HttpStatusCode status, bool renews, Exception error) => (int)status switch
    {
        401 => Refused(
            ErrorCode.Unauthenticated,
            $"{address} knows no such caller (HTTP 401): set WebSocketOptions.BearerToken or a header with valid credentials.",
            renews,
            error),
        403 => Refused(
            ErrorCode.PermissionDenied,
            $"{address} does not allow this caller (HTTP 403): it needs other rights, or the origin is not listed there.",
            renews,
            error),
        404 => Refused(ErrorCode.NotFound, $"There is no Smpi endpoint at {address} (HTTP 404): check the path.", renews, error),
        426 => Refused(null, $"{address} asks for another version of WebSocket (HTTP 426).", false, error),
        400 or 405 => Refused(null, $"{address} refused the upgrade (HTTP {(int)status}): does it speak the same format here?", false, error),
        200 => Refused(null, $"{address} answered without upgrading to WebSocket (HTTP 200): check the path.", false, error),
        >= 300 and < 500 and not 408 and not 429 => Refused(null, $"{address} refused the upgrade (HTTP {(int)status}).", false, error),
        >= 400 => Gone($"{address} cannot take a connection now (HTTP {(int)status}).", error),
        _ => Of(address, error),
    };

    // A channel decides whether a refusal is final by whether it was ever connected.
    private static SmpiConfigurationException Refused(ErrorCode? code, string text, bool renews, Exception error) =>
        new(text, error, code) { IsRefusal = true, MayPass = renews };

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
