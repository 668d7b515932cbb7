using System.Buffers;
using System.Buffers.Binary;

namespace Smpi;

/// <summary>Where a body encodes itself: straight into the outbox, closing a part and opening the next when 64 KiB are reached.</summary>
internal sealed class PartWriter : IBufferWriter<byte>
{
    // Less is copied sooner than it is described.
    private const int WorthHolding = 4 * 1024;

    private OutBuffer _output = null!;
    private byte[]? _scratch;
    private bool _scratched;
    private int _left;
    private long _octets;
    private long _limit;
    private long _frame;
    private ulong _number;
    private string? _text;
    private bool _isNone;
    private byte _flags;
    private byte _partFlags;

    /// <summary>Whether the body that was begun last is in more than one frame.</summary>
    public bool IsSplit { get; private set; }

    /// <summary>Starts a body.</summary>
    /// <param name="output">Where the first frame is, up to its body.</param>
    /// <param name="frame">The position at which that frame starts.</param>
    /// <param name="limit">Octets that the receiver takes.</param>
    /// <param name="flags">The flags of the first frame.</param>
    /// <param name="id">The id of the call; none for events.</param>
    /// <param name="isReply">Whether the message goes from the answering side to the calling side.</param>
    public void Begin(OutBuffer output, long frame, long limit, byte flags, in MessageId id, bool isReply)
    {
        // What is there already is not stored again: a reference costs more to store than to compare.
        if (!ReferenceEquals(_output, output)) _output = output;
        _frame = frame;
        _limit = limit;
        _flags = flags;
        _number = id.Number;
        if (!ReferenceEquals(_text, id.Text)) _text = id.Text;
        _isNone = id.IsNone;
        _partFlags = isReply ? FrameFlags.Reply : (byte)0;
        _left = Bounds.Part;
        _octets = 0;
        _scratched = false;
        IsSplit = false;
    }

    /// <summary>Ends the body; the only frame of a body that is not split is left to the caller.</summary>
    /// <returns>Octets of the body.</returns>
    public int End()
    {
        if (_scratch is { } scratch)
        {
            _scratch = null;
            ArrayPool<byte>.Shared.Return(scratch);
        }

        if (IsSplit) Close(0);
        return (int)_octets;
    }

    public void Advance(int count)
    {
        if (_scratched)
        {
            AdvanceScratch(count);
            return;
        }

        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)_left, nameof(count));
        Count(count);
        _output.Advance(count);
        _left -= count;
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        if (Math.Max(sizeHint, 1) > _left && IsScratch(sizeHint)) return _scratch;
        _scratched = false;
        Span<byte> span = _output.GetSpan(sizeHint);
        return span.Length <= _left ? span : span[.._left];
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        if (Math.Max(sizeHint, 1) > _left && IsScratch(sizeHint)) return _scratch;
        _scratched = false;
        Memory<byte> memory = _output.GetMemory(sizeHint);
        return memory.Length <= _left ? memory : memory[.._left];
    }

    /// <summary>Copies octets that are encoded already.</summary>
    public void Copy(ReadOnlySpan<byte> octets)
    {
        Count(octets.Length);
        while (!octets.IsEmpty)
        {
            if (_left == 0) Next();
            int count = Math.Min(octets.Length, _left);
            octets[..count].CopyTo(_output.GetSpan(count));
            _output.Advance(count);
            _left -= count;
            octets = octets[count..];
        }
    }

    /// <summary>Takes octets where they are; their owner is held until they were sent.</summary>
    public void Hold(ReadOnlyMemory<byte> octets, SharedArray owner)
    {
        if (octets.Length < WorthHolding)
        {
            Copy(octets.Span);
            return;
        }

        Count(octets.Length);
        while (!octets.IsEmpty)
        {
            if (_left == 0) Next();
            int count = Math.Min(octets.Length, _left);
            _output.Append(octets[..count], owner);
            _left -= count;
            octets = octets[count..];
        }
    }

    private void Count(int count)
    {
        _octets += count;
        if (_octets > _limit) throw new MessageTooLargeException(_octets, _limit);
    }

    // What is asked for does not fit in what is left: a new part, or a piece of memory that is cut into parts afterwards.
    private bool IsScratch(int sizeHint)
    {
        if (sizeHint <= Bounds.Part)
        {
            Next();
            return false;
        }

        if (_scratch is null || _scratch.Length < sizeHint)
        {
            if (_scratch is { } small) ArrayPool<byte>.Shared.Return(small);
            _scratch = null;
            _scratch = ArrayPool<byte>.Shared.Rent(sizeHint);
        }

        return _scratched = true;
    }

    private void AdvanceScratch(int count)
    {
        ReadOnlySpan<byte> octets = _scratch.AsSpan(0, count);
        _scratched = false;
        Copy(octets);
    }

    private void Next()
    {
        Close(FrameFlags.More);
        if (!IsSplit)
        {
            IsSplit = true;
            _partFlags |= _isNone ? FrameFlags.NoId : _text is null ? (byte)0 : FrameFlags.TextId;
        }

        _flags = _partFlags;
        _frame = _output.Length;
        _left = Bounds.Part;
        int room = Bounds.Head + Bounds.Varint + (_text is null ? 0 : FrameHead.TextRoom(_text));
        var head = new FrameHead(_output.GetSpan(room), FrameType.Part, _flags);
        if (_text is not null) head.Text(_text);
        else if (!_isNone) head.Varint(_number);
        _output.Advance(head.Position);
    }

    private void Close(byte more)
    {
        Span<byte> head = stackalloc byte[Bounds.Prefix];
        BinaryPrimitives.WriteUInt32LittleEndian(head, (uint)(_output.Length - _frame - Bounds.Prefix));
        _output.Patch(_frame, head);
        head[0] = (byte)(_flags | more);
        _output.Patch(_frame + Bounds.Prefix + 1, head[..1]);
        _output.AllowCut();
    }
}
