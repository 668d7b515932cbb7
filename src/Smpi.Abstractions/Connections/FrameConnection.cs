using System.Runtime.CompilerServices;

namespace Smpi;

/// <summary>The connection of every protocol with frames of its own: a frame transport plus a wire format that is used frame by frame.</summary>
/// <remarks>
/// Each message written becomes exactly one frame, text or binary as <see cref="FormatTraits.IsText"/> says, unless the writer calls <see cref="OutBuffer.EndFrame"/>
/// itself; a write that appends nothing sends no frame. Each frame
/// received is handed to the reader as a whole and must be used up: octets that are no complete message break the protocol. Only the reader may take several messages
/// from one frame, as from a JSON-RPC batch. The format's session is made with <see cref="ConnectionOptions.Framed"/> set.
/// A frame may have as many octets as a message, its headers and a hello together (<see cref="SmpiLimits"/>); the reader checks the finer limits.
/// </remarks>
public sealed class FrameConnection : WireConnection
{
    private readonly FrameSource _frames;
    private readonly long _limit;
    private bool _whole;

    private FrameConnection(FrameSource frames, ConnectionOptions options, string protocol)
        : base(frames, options, protocol)
    {
        _frames = frames;
        _limit = (long)options.Limits.MessageSize + options.Limits.HeaderSize + options.Limits.HelloSize;
    }

    /// <summary>Makes a connection over frames and exchanges hellos, where the format has them.</summary>
    /// <param name="transport">The frames; disposed with the connection, and when opening fails.</param>
    /// <param name="options">The format, role and limits of this side.</param>
    /// <param name="protocol">The protocol's name, for people.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="ChannelClosedException">The peer closed, was silent too long, or does not speak the format.</exception>
    public static async ValueTask<FrameConnection> OpenAsync(IFrameTransport transport, ConnectionOptions options, string protocol, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(transport);
        ArgumentNullException.ThrowIfNull(options);
        try
        {
            var frames = new FrameSource(transport, options.Format.Traits.IsText);
            var connection = new FrameConnection(frames, options with { Framed = true }, protocol);
            await connection.GreetAsync(options, cancellationToken).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            await transport.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private protected override bool HasUnread => _whole;

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private protected override async ValueTask<bool> ReceiveAsync(CancellationToken ct)
    {
        do
        {
            await Inbox.ReceiveAsync(0, ct).ConfigureAwait(false);
            if (_frames.EndOfInput) return false;
            if (Inbox.Unread.Length > _limit) throw TooLarge();
            if (!_frames.EndsFrame) WatchRate();
        }
        while (!_frames.EndsFrame);
        return _whole = true;
    }

    private protected override ReadStatus ParseAll(IMessageConsumer consumer)
    {
        if (!_whole) return ReadStatus.NeedMore;
        if (Inbox.IsEmpty) throw EndsWithinMessage();
        ReadStatus status = ParseUnread(consumer, out _);
        _whole = !Inbox.IsEmpty;
        return status == ReadStatus.NeedMore && _whole ? throw EndsWithinMessage() : status;
    }

    private protected override ReadStatus Parse(out Message message)
    {
        message = default;
        if (!_whole) return ReadStatus.NeedMore;
        ReadStatus status = ParseUnread(out message, out _);
        if (status == ReadStatus.NeedMore) throw EndsWithinMessage();
        _whole = !Inbox.IsEmpty;
        return status;
    }

    private ChannelClosedException EndsWithinMessage() => ChannelClosedException.ProtocolError(
        $"{Info.Remote} sent a frame that ends within a message ({Inbox.Unread.Length} octets are left): a frame of the format '{Info.Format}' holds whole messages.");

    private ChannelClosedException TooLarge() => new(new CloseReason(
        ErrorCode.TooLarge,
        $"{Info.Remote} sent a frame of more than {_limit:N0} octets, which is the most that this side takes; raise Limits.MessageSize here.",
        ClosedBy.Local));
}
