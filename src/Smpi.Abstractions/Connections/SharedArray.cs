using System.Buffers;

namespace Smpi;

/// <summary>A rented array that several hold; it goes back to its pool when the last of them lets go.</summary>
/// <remarks>Whoever never lets go costs no more than the array: it is collected like any other.</remarks>
public sealed class SharedArray : IDisposable
{
    // What nobody else held has nobody who could let go of it late, so that it may serve again.
    [ThreadStatic]
    private static SharedArray? _spare;

    private int _holders = 1;
    private bool _wasKept;

    private SharedArray(byte[] array) => Array = array;

    /// <summary>The array, which may be longer than what was asked for.</summary>
    public byte[] Array { get; private set; }

    /// <summary>Whether somebody else holds it too, so that what was written may not be overwritten.</summary>
    public bool IsShared => Volatile.Read(ref _holders) > 1;

    /// <summary>Rents an array and holds it.</summary>
    /// <param name="length">The least length.</param>
    public static SharedArray Rent(int length)
    {
        byte[] array = ArrayPool<byte>.Shared.Rent(length);
        if (_spare is not { } spare) return new SharedArray(array);
        _spare = null;
        spare.Array = array;
        return spare;
    }

    /// <summary>Holds it once more; each hold is ended by one <see cref="Dispose"/>.</summary>
    /// <returns>This object.</returns>
    public SharedArray Keep()
    {
        _wasKept = true;
        Interlocked.Increment(ref _holders);
        return this;
    }

    /// <summary>Ends one hold.</summary>
    public void Dispose()
    {
        if (Interlocked.Decrement(ref _holders) == 0) ArrayPool<byte>.Shared.Return(Array);
    }

    /// <summary>Ends the hold of who rented it and gave it to nobody but those who called <see cref="Keep"/>.</summary>
    internal void GiveBack()
    {
        if (_wasKept)
        {
            Dispose();
            return;
        }

        ArrayPool<byte>.Shared.Return(Array);
        Array = [];
        _spare = this;
    }
}
