using System.Runtime.CompilerServices;

namespace Smpi;

/// <summary>Comparers whose hashes a peer cannot foresee, so that no body makes every key fall into one bucket.</summary>
/// <remarks>Strings need none: .NET hashes them with a random seed. Types of users keep their own equality.</remarks>
internal static class SeededComparers
{
    private static readonly HashSet<Type> Known =
    [
        typeof(int), typeof(uint), typeof(long), typeof(ulong), typeof(double), typeof(float), typeof(decimal), typeof(Guid),
            typeof(DateTime), typeof(DateTimeOffset), typeof(TimeSpan), typeof(TimeOnly),
    ];

    /// <summary>Whether there is a comparer for a type.</summary>
    public static bool IsSeeded(Type type) => type.IsEnum || Known.Contains(type);

    public static IEqualityComparer<T>? Of<T>()
    {
        // An enum of 64 bits folds them in its own hash, so that it could be made to collide before it is mixed.
        if (typeof(T).IsEnum) return new SeededComparer<T>(static v =>
            Unsafe.SizeOf<T>() == sizeof(long) ? Unsafe.BitCast<T, long>(v) : v!.GetHashCode());
        return Numbers<T>() ?? Times<T>();
    }

    private static IEqualityComparer<T>? Numbers<T>()
    {
        if (typeof(T) == typeof(int)) return Seeded<int, T>(static v => v);
        if (typeof(T) == typeof(uint)) return Seeded<uint, T>(static v => v);
        if (typeof(T) == typeof(long)) return Seeded<long, T>(static v => v);
        if (typeof(T) == typeof(ulong)) return Seeded<ulong, T>(static v => (long)v);
        // Zero and minus zero are equal, as are all that are not a number.
        if (typeof(T) == typeof(double)) return Seeded<double, T>(static v => Bits(v));
        if (typeof(T) == typeof(float)) return Seeded<float, T>(static v => Bits(v));
        // The quotient has no trailing zeros, so 1.0 and 1.00 have one hash.
        if (typeof(T) == typeof(decimal)) return Seeded<decimal, T>(static v => (v / 1.0000000000000000000000000000m).ToString(System.Globalization.CultureInfo.InvariantCulture).GetHashCode(StringComparison.Ordinal));
        return typeof(T) == typeof(Guid) ? Seeded<Guid, T>(static v => Fold(v)) : null;
    }

    private static IEqualityComparer<T>? Times<T>()
    {
        if (typeof(T) == typeof(DateTime)) return Seeded<DateTime, T>(static v => v.Ticks);
        if (typeof(T) == typeof(DateTimeOffset)) return Seeded<DateTimeOffset, T>(static v => v.UtcTicks);
        if (typeof(T) == typeof(TimeSpan)) return Seeded<TimeSpan, T>(static v => v.Ticks);
        return typeof(T) == typeof(TimeOnly) ? Seeded<TimeOnly, T>(static v => v.Ticks) : null;
    }

    private static IEqualityComparer<T> Seeded<TKnown, T>(Func<TKnown, long> bits)
    {
        object comparer = new SeededComparer<TKnown>(bits);
        return (IEqualityComparer<T>)comparer;
    }

    private static long Bits(double value) =>
        value == 0 ? 0 : double.IsNaN(value) ? long.MaxValue : BitConverter.DoubleToInt64Bits(value);

    private static long Fold(Guid value)
    {
        Span<byte> octets = stackalloc byte[16];
        value.TryWriteBytes(octets);
        var hash = default(HashCode);
        hash.AddBytes(octets);
        return hash.ToHashCode();
    }
}
