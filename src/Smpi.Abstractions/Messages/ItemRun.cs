using System.Buffers;
using System.Buffers.Binary;

namespace Smpi;

/// <summary>Items of one stream that stand one behind the other, framed: what is said of one envelope holds for all of them.</summary>
/// <remarks>
/// Each item is the number of octets that follow in it, as a little-endian unsigned integer of 32 bits, then an envelope that is the same in every item, then its
/// body, which is not empty. That is how the native format frames an item; another format whose frames have this form may use it too.
/// </remarks>
public readonly struct ItemRun
{
    /// <summary>Octets of the length before each item.</summary>
    public const int Prefix = sizeof(uint);

    /// <summary>Makes a run.</summary>
    /// <param name="octets">The items; a read lends them like the body of a message.</param>
    /// <param name="head">Octets before each body: the length and the envelope.</param>
    /// <param name="count">How many items there are.</param>
    public ItemRun(ReadOnlyMemory<byte> octets, int head, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(head, Prefix);
        Octets = octets;
        Head = head;
        Count = count;
    }

    /// <summary>The items with everything before their bodies.</summary>
    public ReadOnlyMemory<byte> Octets { get; }

    /// <summary>Octets before each body: the length and the envelope.</summary>
    public int Head { get; }

    /// <summary>How many items there are.</summary>
    public int Count { get; }

    /// <summary>Octets of all bodies together.</summary>
    public long BodyOctets => Octets.Length - ((long)Count * Head);

    /// <summary>The next item as a message.</summary>
    /// <param name="envelope">The message that each item is, without its body.</param>
    /// <param name="position">As in <see cref="Next(ref int)"/>.</param>
    /// <param name="message">The message; its body is lent like the run.</param>
    /// <returns>False behind the last item.</returns>
    public bool Next(in Message envelope, ref int position, out Message message)
    {
        ReadOnlyMemory<byte> body = Next(ref position);
        message = envelope with { Body = new ReadOnlySequence<byte>(body) };
        return !body.IsEmpty;
    }

    /// <summary>The body of the next item.</summary>
    /// <param name="position">Where the item starts; afterwards where the next one does. Zero at first.</param>
    /// <returns>The body; empty behind the last item.</returns>
    public ReadOnlyMemory<byte> Next(ref int position)
    {
        if (position >= Octets.Length) return default;
        int length = Prefix + (int)BinaryPrimitives.ReadUInt32LittleEndian(Octets.Span[position..]);
        ReadOnlyMemory<byte> body = Octets.Slice(position + Head, length - Head);
        position += length;
        return body;
    }
}
