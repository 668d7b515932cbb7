using System.Buffers.Binary;

namespace Smpi;

/// <summary>Hop control on the wire.</summary>
internal static class HopFrames
{
    private const int Room = Bounds.Head + (4 * Bounds.Varint) + Bounds.Code + Bounds.GoodbyeText;

    public static HopSignal Read(byte type, byte flags, ref FrameCursor cursor)
    {
        FrameType.Check(type, flags);
        switch (type)
        {
            case FrameType.Hello:
                return new HopSignal(HopSignalKind.Hello) { Hello = HelloFrame.Read(ref cursor) };
            case FrameType.Ping or FrameType.Pong:
                ulong nonce = cursor.Nonce();
                cursor.End("a ping or pong");
                return new HopSignal(type == FrameType.Ping ? HopSignalKind.Ping : HopSignalKind.Pong) { Nonce = nonce };
            case FrameType.Goodbye:
                ErrorCode code = cursor.Code();
                return new HopSignal(HopSignalKind.Goodbye) { Reason = new CloseReason(code, VisibleText.Of(cursor.Text(Bounds.GoodbyeText, "the text of a goodbye")), ClosedBy.Peer) };
            default:
                throw FrameCursor.Broken($"a frame of type 0x{type:x2}, which version 1 does not have");
        }
    }

    public static void Write(in HopSignal signal, OutBuffer output)
    {
        if (signal.Kind == HopSignalKind.Hello)
        {
            HelloFrame.Write(signal.Hello ?? throw new ArgumentException("A hello signal needs its hello.", nameof(signal)), output);
            return;
        }

        Span<byte> span = output.GetSpan(Room);
        FrameHead head;
        switch (signal.Kind)
        {
            case HopSignalKind.Ping or HopSignalKind.Pong:
                head = new FrameHead(span, signal.Kind == HopSignalKind.Ping ? FrameType.Ping : FrameType.Pong, 0);
                Span<byte> nonce = stackalloc byte[8];
                BinaryPrimitives.WriteUInt64LittleEndian(nonce, signal.Nonce);
                head.Octets(nonce);
                break;
            case HopSignalKind.Goodbye:
                head = new FrameHead(span, FrameType.Goodbye, 0);
                head.Code(signal.Reason?.Code ?? ErrorCode.Closed);
                head.Text(signal.Reason?.Text ?? "", Bounds.GoodbyeText);
                break;
            default:
                throw new ArgumentException($"A signal of kind {signal.Kind} cannot be written.", nameof(signal));
        }

        BinaryPrimitives.WriteUInt32LittleEndian(span, (uint)(head.Position - Bounds.Prefix));
        output.Advance(head.Position);
    }
}
