namespace Smpi;

/// <summary>The octet after a frame's length. One to eight are the values of <see cref="MessageKind"/>.</summary>
internal static class FrameType
{
    public const byte Part = 0x09;
    public const byte Hello = 0x10;
    public const byte Ping = 0x11;
    public const byte Pong = 0x12;
    public const byte Goodbye = 0x13;

    // 0x14 (ack) and 0x15 (resume) are reserved for resuming; no side of version 1 sends them.
    public const byte FirstIgnored = 0x40;
    public const byte LastIgnored = 0x7f;

    private static ReadOnlySpan<byte> Allowed =>
    [
        0,
        FrameFlags.More | FrameFlags.Headers | FrameFlags.Amount | FrameFlags.TextId, // Request
        FrameFlags.More | FrameFlags.Headers | FrameFlags.TextId, // Response
        FrameFlags.More | FrameFlags.Headers | FrameFlags.TextId, // Error
        FrameFlags.More | FrameFlags.Reply | FrameFlags.Headers | FrameFlags.TextId, // Item
        FrameFlags.More | FrameFlags.Reply | FrameFlags.Headers | FrameFlags.TextId, // End
        FrameFlags.Reply | FrameFlags.TextId, // Cancel
        FrameFlags.Reply | FrameFlags.Amount | FrameFlags.TextId | FrameFlags.NoId, // Credit
        FrameFlags.More | FrameFlags.Headers, // Event
        FrameFlags.More | FrameFlags.Reply | FrameFlags.TextId | FrameFlags.NoId, // Part
    ];

    public static bool IsCall(byte type) => type is > 0 and <= Part;

    /// <summary>Refuses flag bits that a type does not have.</summary>
    public static void Check(byte type, byte flags)
    {
        byte allowed = IsCall(type) ? Allowed[type] : (byte)0;
        bool contradicts = (flags & FrameFlags.NoId) != 0 && (flags & (FrameFlags.TextId | FrameFlags.Reply)) != 0;
        if ((flags & ~allowed) != 0 || contradicts)
        {
            throw ChannelClosedException.ProtocolError($"The peer sent a frame of type 0x{type:x2} with the flags 0x{flags:x2}, which version 1 does not have.");
        }
    }
}
