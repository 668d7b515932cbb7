namespace Smpi;

/// <summary>The equality of a type with hashes mixed with the seed of the process.</summary>
internal sealed class SeededComparer<T>(Func<T, long> bits) : IEqualityComparer<T>
{
    public bool Equals(T? x, T? y) => EqualityComparer<T>.Default.Equals(x, y);

    public int GetHashCode(T value)
    {
        long all = bits(value);
        return HashCode.Combine((int)all, (int)(all >> 32));
    }
}
