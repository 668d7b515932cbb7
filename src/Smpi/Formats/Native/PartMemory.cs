using System.Runtime.InteropServices;

namespace Smpi;

/// <summary>Counts the arrays that the bodies in parts of one connection hold, each once, beside the bytes that lie in them.</summary>
/// <remarks>
/// The difference is what a sender can make this side hold for nothing, by parts that are small, or far from each other. Up to <see
/// cref="Slack"/> it buys speed: parts stay in
/// the buffers they were received into, and pieces grow ahead of their body. Above it everything is copied into pieces that fit, so
/// that what is held stays below the bytes
/// of the bodies and this constant. Everything here is called by the reader alone.
/// </remarks>
internal sealed class PartMemory
{
    /// <summary>Bytes held beyond those of the bodies.</summary>
    public const int Slack = 4 * 1024 * 1024;

    private readonly Dictionary<SharedArray, int> _holds = [];
    private long _capacity;
    private long _stored;

    /// <summary>Bytes of all arrays that are held.</summary>
    public long Held => _capacity;

    /// <summary>Whether an array may be held for a part that lies in it.</summary>
    public bool MayHold(SharedArray array, int count) => Fits(_holds.ContainsKey(array) ? 0 : array.Array.Length, count);

    /// <summary>Whether an array of this size may be rented for so many bytes.</summary>
    public bool Fits(int capacity, int count) => _capacity + capacity - _stored - count <= Slack;

    /// <summary>Takes note of an array that one more piece lies in.</summary>
    public void Hold(SharedArray array)
    {
        ref int holds = ref CollectionsMarshal.GetValueRefOrAddDefault(_holds, array, out _);
        if (holds++ == 0) _capacity += array.Array.Length;
    }

    /// <summary>Takes note of bytes that were put into an array.</summary>
    public void Store(int count) => _stored += count;

    /// <summary>Takes note that a piece is given back; called before it is.</summary>
    public void LetGo(BodySegment piece)
    {
        _stored -= piece.Memory.Length;
        ref int holds = ref CollectionsMarshal.GetValueRefOrNullRef(_holds, piece.Array);
        if (--holds > 0) return;
        _capacity -= piece.Array.Array.Length;
        _holds.Remove(piece.Array);
    }
}
