using System.Buffers;

namespace Smpi;

/// <summary>A body that no encoding touches, in rented memory: large ones travel without being copied on either side and without garbage.</summary>
/// <remarks>
/// <para>Dispose it once nobody reads it any more. What is sent is held until it has gone, so a body may be disposed as soon as the call or the write it was given to
/// has returned; its octets must not be changed after that. A body that is never disposed is collected, and its memory is not used again.</para>
/// <para>A handler's request is lent: the channel disposes it when the call is over. A handler's answer is given away: the channel disposes it once it is written, so a
/// handler that wants to go on using it returns <see cref="Keep"/>. To return the request itself is fine. An answer belongs to the caller, an item of a stream to its reader.</para>
/// <para>Where the wire format or the protocol cannot hold memory, octets are copied; the meaning is the same.</para>
/// </remarks>
public sealed class PooledBody : IDisposable
{
    private readonly BodySegment? _first;
    private readonly BodySegment? _last;
    private int _holders = 1;

    internal PooledBody(BodySegment? first, BodySegment? last)
    {
        _first = first;
        _last = last;
        Length = last is null ? 0 : last.RunningIndex + last.Memory.Length;
    }

    /// <summary>The octets.</summary>
    /// <exception cref="ObjectDisposedException">The body was disposed.</exception>
    public ReadOnlySequence<byte> Octets
    {
        get
        {
            ObjectDisposedException.ThrowIf(Volatile.Read(ref _holders) <= 0, this);
            return _first is null ? default : new ReadOnlySequence<byte>(_first, 0, _last!, _last!.Memory.Length);
        }
    }

    /// <summary>The number of octets.</summary>
    public long Length { get; }

    internal BodySegment? First => _first;

    /// <summary>Rents memory for a body, to be filled before it is sent.</summary>
    /// <param name="length">Octets.</param>
    /// <param name="octets">The memory, with what it happens to hold.</param>
    public static PooledBody Rent(int length, out Memory<byte> octets)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        var array = SharedArray.Rent(length);
        var segment = new BodySegment(null, array, 0, length);
        octets = array.Array.AsMemory(0, length);
        return new PooledBody(segment, segment);
    }

    /// <summary>Holds the body once more; each hold is ended by one <see cref="Dispose"/>.</summary>
    /// <returns>This object.</returns>
    public PooledBody Keep()
    {
        Interlocked.Increment(ref _holders);
        return this;
    }

    /// <summary>Ends one hold. The last one gives the memory back; ending more is harmless.</summary>
    public void Dispose()
    {
        if (Interlocked.Decrement(ref _holders) != 0) return;
        for (BodySegment? segment = _first; segment is not null; segment = segment.Next as BodySegment) segment.Release();
    }
}
