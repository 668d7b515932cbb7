using System.Net.WebSockets;
using System.Text;

namespace Smpi;

/// <summary>Close reasons as WebSocket close codes (RFC 6455, section 7.4) and back.</summary>
internal static class CloseCodes
{
    private const int TryAgainLater = 1013;
    private const int MaxText = 123;

    public static (WebSocketCloseStatus Code, string Text) Write(CloseReason? reason)
    {
        if (reason is null) return (WebSocketCloseStatus.NormalClosure, "");
        WebSocketCloseStatus code = reason.Code.Name switch
        {
            "Closed" => WebSocketCloseStatus.NormalClosure,
            // A peer that cannot be understood, and one that has nothing in common with this side.
            "ProtocolError" or "FailedPrecondition" or "DeadlineExceeded" => WebSocketCloseStatus.ProtocolError,
            "PermissionDenied" or "Unauthenticated" => WebSocketCloseStatus.PolicyViolation,
            "TooLarge" or "TooDeep" => WebSocketCloseStatus.MessageTooBig,
            "Unavailable" or "ResourceExhausted" or "EnhanceYourCalm" => (WebSocketCloseStatus)TryAgainLater,
            _ => WebSocketCloseStatus.InternalServerError,
        };
        return (code, Cut(reason.Code == ErrorCode.Unauthenticated ? $"Unauthenticated: {reason.Text}" : reason.Text));
    }

    public static CloseReason Read(WebSocketCloseStatus? status, string? text, string remote)
    {
        string? said = string.IsNullOrEmpty(text) ? null : VisibleText.Of(text);
        ErrorCode code = (int?)status switch
        {
            null or 1000 or 1001 or 1005 => ErrorCode.Closed,
            1002 or 1003 or 1007 => ErrorCode.ProtocolError,
            1008 => said?.StartsWith("Unauthenticated", StringComparison.Ordinal) == true ? ErrorCode.Unauthenticated : ErrorCode.PermissionDenied,
            1009 => ErrorCode.TooLarge,
            1011 => ErrorCode.Internal,
            1012 or TryAgainLater => ErrorCode.Unavailable,
            _ => ErrorCode.Unknown,
        };
        string otherwise = (int?)status switch
        {
            null or 1000 or 1005 => $"{remote} closed the connection.",
            1001 => $"{remote} is going away.",
            _ => $"{remote} closed the connection with the code {(int)status!}.",
        };
        return new CloseReason(code, said ?? otherwise, ClosedBy.Peer);
    }

    private static string Cut(string text)
    {
        while (Encoding.UTF8.GetByteCount(text) > MaxText) text = text[..^(char.IsLowSurrogate(text[^1]) ? 2 : 1)];
        return text;
    }
}
