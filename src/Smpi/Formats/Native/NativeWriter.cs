using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Smpi;

/// <summary>Writes messages. A small one costs one measured piece of room for its envelope and the encoding of its body in place.</summary>
internal sealed class NativeWriter(SmpiLimits limits) : IMessageWriter
{
    // Head, id, subject number and amount.
    private const int SmallEnvelope = Bounds.Head + Bounds.Varint + 5 + Bounds.Varint;

    private readonly SubjectsOut _subjects = new();
    private readonly PartWriter _parts = new();
    private volatile SmpiLimits _peer = limits;

    /// <summary>What the peer takes; set by the reading side when its hello comes.</summary>
    public SmpiLimits Peer
    {
        get => _peer;
        set => _peer = value;
    }

    public int Write(in Message message, IMessageBody? body, OutBuffer output)
    {
        // Nearly all messages are plain requests and their answers. What the others need would cost these, too, if it were in the same method.
        if (message.Kind is MessageKind.Request or MessageKind.Response && message.Headers is null && message.IdRef.IsNumber)
        {
            uint subject = message.Kind == MessageKind.Request ? _subjects.Find(message.Subject ?? "") : 0;
            if (subject != 0 || message.Kind == MessageKind.Response) return WritePlain(in message, subject, body, output);
        }

        return WriteAny(in message, body, output);
    }

    public ItemFrame? FrameItems(in Message envelope)
    {
        if (envelope.Kind != MessageKind.Item || !envelope.Id.IsNumber || envelope.Headers is { Count: > 0 }) return null;
        var head = new FrameHead(stackalloc byte[Bounds.Head + Bounds.Varint], (byte)MessageKind.Item, FlagsOf(in envelope));
        head.Id(envelope.Id);
        return new ItemFrame(head.Written.ToArray(), Math.Min(Bounds.Part, _peer.MessageSize));
    }

    private int WritePlain(in Message message, uint subject, IMessageBody? body, OutBuffer output)
    {
        byte flags = subject != 0 && message.Amount > 0 ? FrameFlags.Amount : (byte)0;
        long frame = output.Length;
        Span<byte> span = output.GetSpan(SmallEnvelope);
        var head = new FrameHead(span, (byte)message.Kind, flags);
        head.Varint(message.IdRef.Number);
        if (subject != 0) head.Varint(subject);
        if (flags != 0) head.Varint((ulong)message.Amount);
        output.Advance(head.Position);
        int octets = WriteBody(in message, body, output, frame, flags);

        // The room that was measured stays where it is while the body grows, so the length goes straight into it.
        if (!_parts.IsSplit) BinaryPrimitives.WriteUInt32LittleEndian(span, (uint)(output.Length - frame - Bounds.Prefix));
        return octets;
    }

    private int WriteAny(in Message message, IMessageBody? body, OutBuffer output)
    {
        SmpiLimits peer = _peer;
        MessageKind kind = message.Kind;
        byte flags = FlagsOf(in message);
        int room = SmallEnvelope;
        uint subject = 0;
        if (kind is MessageKind.Request or MessageKind.Event)
        {
            subject = _subjects.Find(message.Subject ?? "");
            if (subject == 0) room += NameRoom(message.Subject ?? "", peer);
        }

        int headers = 0;
        if ((flags & FrameFlags.Headers) != 0) room += Bounds.Varint + (headers = HeaderBlock.Measure(message.Headers!, peer));
        if ((flags & FrameFlags.TextId) != 0) room += IdRoom(message.Id.Text!);
        if (kind == MessageKind.Error) room += (4 * Bounds.Varint) + Bounds.Code + Bounds.FaultText;

        long frame = output.Length;
        Span<byte> span = output.GetSpan(room);
        var head = new FrameHead(span, (byte)kind, flags);
        if (!message.IdRef.IsNone && kind != MessageKind.Event) head.Id(in message.IdRef);
        if (kind is MessageKind.Request or MessageKind.Event)
        {
            head.Varint(subject);
            if (subject == 0) head.Text(message.Subject ?? "");
        }

        if ((flags & FrameFlags.Amount) != 0) head.Varint((ulong)Math.Max(0, message.Amount));
        if (kind == MessageKind.Error)
        {
            head.Code(message.Fault?.Code ?? ErrorCode.Unknown);
            head.Text(message.Fault?.Text ?? "", Bounds.FaultText);
        }

        if ((flags & FrameFlags.Headers) != 0) HeaderBlock.Write(message.Headers!, headers, ref head);
        output.Advance(head.Position);

        int octets = WriteBody(in message, body, output, frame, flags);
        if (!_parts.IsSplit) BinaryPrimitives.WriteUInt32LittleEndian(span, (uint)(output.Length - frame - Bounds.Prefix));
        if (subject == 0 && kind is MessageKind.Request or MessageKind.Event) _subjects.Add(message.Subject ?? "");
        return octets;
    }

    private int WriteBody(in Message message, IMessageBody? body, OutBuffer output, long frame, byte flags)
    {
        MessageKind kind = message.Kind;
        SmpiLimits peer = _peer;
        bool isReply = message.IsReply || kind is MessageKind.Response or MessageKind.Error;
        if (kind == MessageKind.Event) _parts.Begin(output, frame, peer.MessageSize, flags, default, isReply);
        else _parts.Begin(output, frame, peer.MessageSize, flags, in message.IdRef, isReply);
        if (kind is MessageKind.Cancel or MessageKind.Credit) return 0;
        if (body is not null) body.WriteTo(_parts);
        else if (!message.BodyRef.IsEmpty) Copy(in message.BodyRef, peer);
        return _parts.End();
    }

    private void Copy(in ReadOnlySequence<byte> body, SmpiLimits peer)
    {
        if (body.Length > peer.MessageSize) throw new MessageTooLargeException(body.Length, peer.MessageSize);
        if (body.IsSingleSegment)
        {
            _parts.Copy(body.FirstSpan);
            return;
        }

        foreach (ReadOnlyMemory<byte> piece in body) _parts.Copy(piece.Span);
    }

    private static byte FlagsOf(in Message message)
    {
        MessageKind kind = message.Kind;
        byte flags = 0;
        if (kind is MessageKind.None or > MessageKind.Event) throw new ArgumentException($"A message of kind {kind} cannot be written.", nameof(message));
        if (kind != MessageKind.Event)
        {
            if (message.IdRef.IsNone)
            {
                if (kind != MessageKind.Credit) throw new ArgumentException($"A message of kind {kind} needs an id.", nameof(message));
                return FrameFlags.NoId | FrameFlags.Amount;
            }

            if (!message.IdRef.IsNumber) flags |= FrameFlags.TextId;
        }

        if (kind == MessageKind.Credit || (kind == MessageKind.Request && message.Amount > 0)) flags |= FrameFlags.Amount;
        if (message.IsReply && kind is >= MessageKind.Item and <= MessageKind.Credit) flags |= FrameFlags.Reply;
        if (message.Headers is { Count: > 0 } && kind is not (MessageKind.Cancel or MessageKind.Credit)) flags |= FrameFlags.Headers;
        return flags;
    }

    private static int NameRoom(string subject, SmpiLimits peer)
    {
        int octets = Encoding.UTF8.GetByteCount(subject);
        int limit = Math.Min(peer.NameSize, Bounds.Subject);
        return octets <= limit ? octets + Bounds.Varint : throw new MessageTooLargeException(octets, limit, nameof(SmpiLimits.NameSize));
    }

    private static int IdRoom(string id)
    {
        int octets = Encoding.UTF8.GetByteCount(id);
        return octets <= Bounds.Id
            ? octets + Bounds.Varint
            : throw new ArgumentException($"The textual id has {octets:N0} octets and the native format takes {Bounds.Id:N0}.", nameof(id));
    }
}
