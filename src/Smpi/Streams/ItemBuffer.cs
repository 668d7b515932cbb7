using System.Buffers;
using System.Buffers.Binary;

namespace Smpi;

/// <summary>Where a pump frames items until it writes them together.</summary>
internal sealed class ItemBuffer(ItemFrame frame) : IBufferWriter<byte>
{
    private const int Size = 64 * 1024;

    private readonly byte[] _envelope = frame.Envelope.ToArray();
    private readonly int _largest = frame.LargestBody;
    private byte[] _octets = [];
    private int _position;
    private int _before;

    /// <summary>Octets of whole items.</summary>
    public int Length { get; private set; }

    public ReadOnlySpan<byte> Items => _octets.AsSpan(0, Length);

    /// <summary>Begins an item; its body is written next.</summary>
    public void Begin()
    {
        int head = ItemRun.Prefix + _envelope.Length;
        _position = Length;
        Span<byte> room = GetSpan(head);
        _envelope.CopyTo(room[ItemRun.Prefix..]);
        _position += head;
    }

    /// <summary>Ends the item.</summary>
    /// <param name="body">Octets of its body.</param>
    /// <returns>False when that is too large, or empty: the item was taken back.</returns>
    public bool TryEnd(out int body)
    {
        int size = _position - Length - ItemRun.Prefix;
        body = size - _envelope.Length;
        if ((uint)(body - 1) >= (uint)_largest) return false;
        BinaryPrimitives.WriteUInt32LittleEndian(_octets.AsSpan(Length), (uint)size);
        _before = Length;
        Length = _position;
        return true;
    }

    /// <summary>Takes back the item that was ended last.</summary>
    public void TakeBack() => Length = _before;

    /// <summary>Forgets the items.</summary>
    public void Clear() => Length = 0;

    /// <summary>Gives the memory back, where nothing is in it.</summary>
    public void Release()
    {
        if (Length > 0 || _octets.Length == 0) return;
        ArrayPool<byte>.Shared.Return(_octets);
        _octets = [];
    }

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)(_octets.Length - _position), nameof(count));
        _position += count;
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        if (_octets.Length - _position < Math.Max(sizeHint, 1)) Grow(sizeHint);
        return _octets.AsSpan(_position);
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        if (_octets.Length - _position < Math.Max(sizeHint, 1)) Grow(sizeHint);
        return _octets.AsMemory(_position);
    }

    private void Grow(int sizeHint)
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(Math.Max(Size, _octets.Length * 2), checked(_position + sizeHint)));
        _octets.AsSpan(0, _position).CopyTo(larger);
        if (_octets.Length > 0) ArrayPool<byte>.Shared.Return(_octets);
        _octets = larger;
    }
}
