namespace Smpi;

/// <summary>Why a connection ended, where nobody said it.</summary>
internal static class CloseReasons
{
    public static CloseReason Disposed { get; } = new(ErrorCode.Closed, "This side closed the connection.", ClosedBy.Local);

    public static CloseReason Lost(ConnectionInfo info, Exception error) => new(ErrorCode.Unavailable, $"The connection to {info.Remote} was lost: {error.Message}", ClosedBy.Transport);

    /// <summary>The end of input. Where a format says goodbye, an end without one may be a loss: the peer's process was killed, say.</summary>
    public static CloseReason Vanished(ConnectionInfo info) => info.Hop is null
        ? new CloseReason(ErrorCode.Closed, $"{info.Remote} closed the connection.", ClosedBy.Peer)
        : new CloseReason(ErrorCode.Unavailable, $"{info.Remote} closed the connection without a goodbye.", ClosedBy.Peer);
}
