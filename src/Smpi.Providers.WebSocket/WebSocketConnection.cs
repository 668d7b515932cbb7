using System.Net.WebSockets;

namespace Smpi;

/// <summary>Makes a connection over any open WebSocket, such as one that a web framework accepted.</summary>
public static class WebSocketConnection
{
    /// <summary>Whether a format is a byte stream over WebSocket; otherwise each of its messages is one WebSocket message.</summary>
    /// <remarks>A format is a stream when it is named <c>native</c> or has a <see cref="FormatTraits.Subprotocol"/>.</remarks>
    /// <param name="format">The format.</param>
    public static bool IsStream(IWireFormat format)
    {
        ArgumentNullException.ThrowIfNull(format);
        return format.Name == "native" || format.Traits.Subprotocol is not null;
    }

    /// <summary>Makes a connection and exchanges hellos, where the format has them.</summary>
    /// <param name="socket">An open WebSocket; disposed with the connection, and when opening fails.</param>
    /// <param name="connection">The format, role and limits of this side.</param>
    /// <param name="remote">The peer, for people.</param>
    /// <param name="protocol">The protocol's name, <c>ws</c> or <c>wss</c>.</param>
    /// <param name="options">The largest frame; null for the defaults.</param>
    /// <param name="closed">Called once when the WebSocket is disposed; null for nothing.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="ChannelClosedException">The peer closed, was silent too long, or does not speak the format.</exception>
    public static async ValueTask<IConnection> OpenAsync(
        WebSocket socket, ConnectionOptions connection, string remote, string protocol, WebSocketOptions? options, Action? closed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(socket);
        ArgumentNullException.ThrowIfNull(connection);
        bool stream = IsStream(connection.Format);
        bool text = !stream && connection.Format.Traits.IsText;
        var link = new SocketLink(socket, remote, text, (options ?? new WebSocketOptions()).MaxFrame, connection.Limits, connection.TimeProvider, closed);
        try
        {
            WireConnection opened = stream
                ? await StreamConnection.OpenAsync(new SocketBytes(link), connection, protocol, cancellationToken).ConfigureAwait(false)
                : await FrameConnection.OpenAsync(new SocketFrames(link), connection, protocol, cancellationToken).ConfigureAwait(false);
            (link.Info, link.IsOpening) = (opened.Info, false);
            return opened;
        }
        catch (Exception error)
        {
            link.Refusal = error switch
            {
                ChannelClosedException refused => refused.Reason,
                SmpiException smpi => new CloseReason(smpi.Code, smpi.Message, ClosedBy.Local),
                OperationCanceledException => new CloseReason(ErrorCode.Closed, "The attempt to connect was given up.", ClosedBy.Local),
                _ => new CloseReason(ErrorCode.Internal, "The connection could not be opened.", ClosedBy.Local),
            };
            link.IsOpening = false;
            await link.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
