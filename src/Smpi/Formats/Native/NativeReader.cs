using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Smpi;

/// <summary>Reads frames: the length first, then the frame as soon as it is complete.</summary>
/// <param name="limits">What this side takes.</param>
/// <param name="hellos">Where equal hellos are shared; null where no hello comes.</param>
internal sealed class NativeReader(SmpiLimits limits, HelloMemory? hellos) : IMessageReader
{
    private const int LeastRun = 4;

    private readonly SubjectsIn _subjects = new(limits.NameSize);
    private readonly int _largest = (int)Math.Min((long)Bounds.Frame + limits.HeaderSize, 1 << 30);
    private readonly int _largestBody = (int)Math.Min((long)Bounds.Part, limits.MessageSize);
    private SplitBodies? _split;
    private IReceiveBuffer? _buffer;
    private OneMessage? _one;
    private bool _open = hellos is null;

    /// <summary>What the last read that returned a signal brought.</summary>
    public HopSignal Received { get; private set; }

    public ReadStatus TryRead(ref ReadOnlySequence<byte> buffer, out Message message, out long missing)
    {
        _one ??= new OneMessage();
        ReadStatus status = Read(ref buffer, _one, once: true, out missing);
        _one.Give(out message);

        // Usually all messages after the hello are read at once.
        if (status == ReadStatus.Signal && Received.Kind == HopSignalKind.Hello) _one = null;
        return status;
    }

    public ReadStatus ReadAll(ref ReadOnlySequence<byte> buffer, IMessageConsumer consumer, out long missing) => Read(ref buffer, consumer, once: false, out missing);

    public void Attach(IReceiveBuffer buffer) => _buffer = buffer;

    public void EndLoan() => _split?.EndLoan();

    public bool HasParts => _split is { IsWaiting: true };

    public bool CountSecond(int leastRate, int grace) => Volatile.Read(ref _split) is { } split && split.CountSecond(leastRate, grace);

    private ReadStatus Read(ref ReadOnlySequence<byte> buffer, IMessageConsumer consumer, bool once, out long missing)
    {
        // A connection over bytes always has an array, which is cut much faster without the general way.
        bool isArray = SequenceMarshal.TryGetArray(buffer, out ArraySegment<byte> array);
        ReadOnlySpan<byte> span = isArray ? array : buffer.FirstSpan;
        long available = isArray ? span.Length : buffer.Length;
        if (!_open) Opening.Check(in buffer, limits.HelloSize);
        ReadStatus status = ReadStatus.NeedMore;
        int position = 0;
        while (true)
        {
            if (available < Bounds.Head)
            {
                missing = available == 0 && !once ? 0 : Bounds.Head - available;
                break;
            }

            uint length = span.Length >= Bounds.Prefix ? BinaryPrimitives.ReadUInt32LittleEndian(span) : SplitPrefix(in buffer);
            if (length - 2 > (uint)_largest - 2) throw WrongLength(length);
            long total = Bounds.Prefix + (long)length;
            missing = total - available;
            if (missing > 0) break;
            missing = 0;
            int size = (int)total;
            if (isArray && !once && span[Bounds.Prefix] == (byte)MessageKind.Item && ReadItems(span, array.Array!, array.Offset + position, consumer) is > 0 and int run)
            {
                size = run;
                span = span[size..];
                position += size;
                status = ReadStatus.NeedMore;
            }
            else if (isArray)
            {
                status = ReadFrame(span[..size], in buffer, array.Array!, array.Offset + position, consumer);
                span = span[size..];
                position += size;
            }
            else
            {
                status = span.Length >= total ? ReadFrame(span[..size], in buffer, null, 0, consumer) : ReadSplitFrame(size, in buffer, consumer);
                buffer = buffer.Slice(size);
                span = buffer.FirstSpan;
            }

            available -= size;
            if (once || status == ReadStatus.Signal) break;
            status = ReadStatus.NeedMore;
        }

        if (isArray && position > 0) buffer = new ReadOnlySequence<byte>(array.Array!, array.Offset + position, array.Count - position);
        return status;
    }

    private static ReadOnlySequence<byte> Cut(in ReadOnlySequence<byte> buffer, byte[]? array, int offset, int start, int count) =>
        array is not null ? new ReadOnlySequence<byte>(array, offset + start, count) : buffer.Slice(start, count);

    private static uint SplitPrefix(in ReadOnlySequence<byte> buffer)
    {
        Span<byte> prefix = stackalloc byte[Bounds.Prefix];
        buffer.Slice(0, Bounds.Prefix).CopyTo(prefix);
        return BinaryPrimitives.ReadUInt32LittleEndian(prefix);
    }

    // The fields are parsed from one piece; the body is taken from the buffer all the same.
    private ReadStatus ReadSplitFrame(int total, in ReadOnlySequence<byte> buffer, IMessageConsumer consumer)
    {
        byte[] copy = ArrayPool<byte>.Shared.Rent(total);
        try
        {
            buffer.Slice(0, total).CopyTo(copy);
            return ReadFrame(copy.AsSpan(0, total), in buffer, null, 0, consumer);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(copy);
        }
    }

    // Several items of one stream are handed on together. Zero when there are not several, or a body in parts is under way: then each frame is looked at.
    private int ReadItems(ReadOnlySpan<byte> span, byte[] array, int offset, IMessageConsumer consumer)
    {
        if (_split is { IsEmpty: false }) return 0;
        int count = ItemFrames.Count(span, limits.MessageSize, out int head, out int length);
        if (count < LeastRun) return 0;
        var cursor = new FrameCursor(span[..head], Bounds.Head);
        byte flags = span[Bounds.Prefix + 1];
        var envelope = new Message { Kind = MessageKind.Item, Id = cursor.Id(flags), IsReply = (flags & FrameFlags.Reply) != 0 };
        var run = new ItemRun(new ReadOnlyMemory<byte>(array, offset, length), head, count);
        consumer.TakeItems(in envelope, in run);
        return length;
    }

    private ReadStatus ReadFrame(ReadOnlySpan<byte> frame, in ReadOnlySequence<byte> buffer, byte[]? array, int offset, IMessageConsumer consumer)
    {
        // Nearly all frames are plain requests and their answers. What the others need would cost these, too, if it were in the same method.
        byte flags = frame[Bounds.Prefix + 1];
        bool isPlain = frame[Bounds.Prefix] switch
        {
            (byte)MessageKind.Request => flags is 0 or FrameFlags.Amount,
            (byte)MessageKind.Response => flags == 0,
            _ => false,
        };
        return isPlain && array is not null && _split is null && TryReadPlain(frame, array, offset, consumer) ? ReadStatus.Message : ReadAny(frame, in buffer, array, offset, consumer);
    }

    // False for what the general way has to look at; nothing was taken then.
    private bool TryReadPlain(ReadOnlySpan<byte> frame, byte[] array, int offset, IMessageConsumer consumer)
    {
        var kind = (MessageKind)frame[Bounds.Prefix];
        int position = Bounds.Head;
        string? subject = null;
        ulong amount = 0;
        if (!FrameCursor.TryShortVarint(frame, ref position, out ulong id)) return false;
        if (kind == MessageKind.Request)
        {
            if (!FrameCursor.TryShortVarint(frame, ref position, out ulong number) || (subject = _subjects.Find(number)) is null) return false;
            if (frame[Bounds.Prefix + 1] != 0 && !FrameCursor.TryShortVarint(frame, ref position, out amount)) return false;
        }

        int left = frame.Length - position;
        if (left > _largestBody) return false;

        // The message is made where it stays, on the stack, and lent from there: a copy of it costs as much as parsing it.
        var message = new Message(kind, new MessageId(id), kind == MessageKind.Response, subject, null, (long)amount, array, offset + position, left);
        consumer.Take(in message);
        return true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ReadStatus ReadAny(ReadOnlySpan<byte> frame, in ReadOnlySequence<byte> buffer, byte[]? array, int offset, IMessageConsumer consumer)
    {
        byte type = frame[Bounds.Prefix];
        byte flags = frame[Bounds.Prefix + 1];
        var cursor = new FrameCursor(frame, Bounds.Head);
        if (!FrameType.IsCall(type)) return ReadControl(type, flags, ref cursor);
        FrameType.Check(type, flags);
        if (type == FrameType.Part) return ReadPart(flags, ref cursor, in buffer, array, offset, consumer);

        var kind = (MessageKind)type;
        MessageId id = kind == MessageKind.Event || (flags & FrameFlags.NoId) != 0 ? default : cursor.Id(flags);
        Fault? refusal = null;
        string? subject = null;
        if (kind is MessageKind.Request or MessageKind.Event)
        {
            subject = _subjects.Read(ref cursor);
            if (subject is null) refusal = new Fault(ErrorCode.TooLarge, $"The subject is longer than the {limits.NameSize:N0} octets that are allowed.");
        }

        if (kind == MessageKind.Credit && (flags & FrameFlags.Amount) == 0) throw FrameCursor.Broken("a credit without an amount");
        long amount = (flags & FrameFlags.Amount) != 0 ? cursor.Amount() : 0;
        Fault? fault = kind == MessageKind.Error ? new Fault(cursor.Code(), VisibleText.Of(cursor.Text(Bounds.FaultText, "the text of a fault"))) : null;
        Headers? headers = (flags & FrameFlags.Headers) != 0 ? HeaderBlock.Read(ref cursor, limits, ref refusal) : null;
        if (kind is MessageKind.Cancel or MessageKind.Credit) cursor.End($"a message of kind {kind}");

        bool isReply = kind is MessageKind.Response or MessageKind.Error || (flags & FrameFlags.Reply) != 0;
        bool more = (flags & FrameFlags.More) != 0;
        int left = cursor.Left;
        var message = new Message
        {
            Kind = kind,
            Id = id,
            IsReply = isReply,
            Subject = subject,
            Headers = headers,
            Fault = fault,
            Amount = amount,
            Body = more || left == 0 ? default : Cut(in buffer, array, offset, cursor.Position, left),
        };
        if (!more && refusal is null && _split is null && left <= _largestBody)
        {
            consumer.Take(in message);
            return ReadStatus.Message;
        }

        return Finish(message, more ? Piece(in buffer, array, offset, cursor.Position, left) : default, left, more, refusal, consumer);
    }

    // The octets where they were received, unless they lie in several pieces.
    private static ReadOnlyMemory<byte> Piece(in ReadOnlySequence<byte> buffer, byte[]? array, int offset, int start, int count)
    {
        ReadOnlySequence<byte> octets = Cut(in buffer, array, offset, start, count);
        return octets.IsSingleSegment ? octets.First : octets.ToArray();
    }

    private ReadStatus Finish(Message message, ReadOnlyMemory<byte> part, int length, bool more, Fault? refusal, IMessageConsumer consumer)
    {
        if (length > Bounds.Part) throw FrameCursor.Broken($"a frame with a body of {length:N0} octets, where {Bounds.Part:N0} are allowed");
        if (more)
        {
            if (!Split().Begin(ref message, part, refusal)) return ReadStatus.Skipped;
        }
        else
        {
            if (_split is { IsEmpty: false }) _split.Pass(in message);
            if (length > limits.MessageSize) refusal ??= new Fault(ErrorCode.TooLarge, $"The body has {length:N0} octets and {limits.MessageSize:N0} are allowed.");
            if (refusal is not null) message = Refusal.Of(in message, refusal);
        }

        consumer.Take(in message);
        return ReadStatus.Message;
    }

    private ReadStatus ReadPart(byte flags, ref FrameCursor cursor, in ReadOnlySequence<byte> buffer, byte[]? array, int offset, IMessageConsumer consumer)
    {
        MessageId id = (flags & FrameFlags.NoId) != 0 ? default : cursor.Id(flags);
        if (cursor.Left > Bounds.Part) throw FrameCursor.Broken($"a part of {cursor.Left:N0} octets, where {Bounds.Part:N0} are allowed");
        Message message = default;
        if (!Split().Continue(in id, flags, Piece(in buffer, array, offset, cursor.Position, cursor.Left), ref message)) return ReadStatus.Skipped;
        consumer.Take(in message);
        return ReadStatus.Message;
    }

    private SplitBodies Split() => _split ??= new SplitBodies(limits) { Buffer = _buffer };

    private ReadStatus ReadControl(byte type, byte flags, ref FrameCursor cursor)
    {
        if (type is >= FrameType.FirstIgnored and <= FrameType.LastIgnored) return ReadStatus.Skipped;
        Received = HopFrames.Read(type, flags, ref cursor);
        if (hellos is null) return ReadStatus.Skipped;
        if (Received.Kind == HopSignalKind.Hello)
        {
            if (_open) throw FrameCursor.Broken("a second hello");
            _open = true;
            Received = Received with { Hello = hellos.Share(Received.Hello!) };
        }

        return ReadStatus.Signal;
    }

    private ChannelClosedException WrongLength(uint length) =>
        ChannelClosedException.ProtocolError($"The peer announced a frame of {length:N0} octets, where 2 to {_largest:N0} are allowed.");
}
