using System.Buffers;
using System.Buffers.Binary;

namespace Smpi;

/// <summary>Items that came together: values, or octets that are decoded when the consumer takes them.</summary>
/// <remarks>Decoding that late keeps the items that wait as small as they came, and none of them outlives its moment because it waited.</remarks>
internal sealed class ItemChunk<T>
{
    private const int FirstValues = 16;

    private T[] _values = [];

    public ItemChunk<T>? Next { get; set; }

    /// <summary>Octets before each body in <see cref="Octets"/>; zero where the chunk holds values.</summary>
    public int Head { get; private set; }

    /// <summary>How many values there are, or octets.</summary>
    public int End { get; private set; }

    /// <summary>What the items count as, in octets of credit.</summary>
    public long Cost { get; private set; }

    public byte[] Octets { get; private set; } = [];

    public T[] Values => _values;

    public void Add(T value, long cost)
    {
        if (End == _values.Length) Array.Resize(ref _values, Math.Max(FirstValues, End * 2));
        _values[End++] = value;
        Cost += cost;
    }

    public void Fill(in ItemRun run, long cost)
    {
        Octets = ArrayPool<byte>.Shared.Rent(run.Octets.Length);
        run.Octets.Span.CopyTo(Octets);
        Head = run.Head;
        End = run.Octets.Length;
        Cost = cost;
    }

    /// <summary>Whether the one item of the chunk is to be decoded on a thread of the pool, because the consumer's own is not to be busy with that.</summary>
    public bool IsDecodedElsewhere { get; private set; }

    /// <summary>Takes one item as it came, to be decoded when it is taken.</summary>
    public void Fill(in ReadOnlySequence<byte> body, long cost, bool elsewhere)
    {
        IsDecodedElsewhere = elsewhere;
        Head = ItemRun.Prefix;
        End = Head + (int)body.Length;
        Octets = ArrayPool<byte>.Shared.Rent(End);
        BinaryPrimitives.WriteUInt32LittleEndian(Octets, (uint)body.Length);
        body.CopyTo(Octets.AsSpan(Head));
        Cost = cost;
    }

    /// <summary>Forgets the items and gives the octets back; the room for values stays.</summary>
    public void Clear()
    {
        if (Head == 0)
        {
            Array.Clear(_values, 0, End);
        }
        else
        {
            ArrayPool<byte>.Shared.Return(Octets);
            Octets = [];
        }

        (Head, End, Cost, Next, IsDecodedElsewhere) = (0, 0, 0, null, false);
    }
}
