using System.Buffers;

namespace Smpi;

/// <summary>A rented array that several hold; it goes back to its pool when the last of them lets go.</summary>
/// <remarks>Whoever never lets go costs no more than the array: it is collected like any other.</remarks>
public sealed class SharedArray : IDisposable
{
    private int _holders = 1;

    private SharedArray(byte[] array) => Array = array;

    /// <summary>The array, which may be longer than what was asked for.</summary>
    public byte[] Array { get; }

    /// <summary>Whether somebody else holds it too, so that what was written may not be overwritten.</summary>
    public bool IsShared => Volatile.Read(ref _holders) > 1;

    /// <summary>Rents an array and holds it.</summary>
    /// <param name="length">The least length.</param>
    public static SharedArray Rent(int length) => new(ArrayPool<byte>.Shared.Rent(length));

    /// <summary>Holds it once more; each hold is ended by one <see cref="Dispose"/>.</summary>
    /// <returns>This object.</returns>
    public SharedArray Keep()
    {
        Interlocked.Increment(ref _holders);
        return this;
    }

    /// <summary>Ends one hold.</summary>
    public void Dispose()
    {
        if (Interlocked.Decrement(ref _holders) == 0) ArrayPool<byte>.Shared.Return(Array);
    }
}
