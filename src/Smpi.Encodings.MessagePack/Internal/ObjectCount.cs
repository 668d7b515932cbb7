using System.Runtime.CompilerServices;

namespace Smpi;

/// <summary>What the items of a collection count beside the objects that they are.</summary>
internal static class ObjectCount
{
    private const int Size = 32;

    /// <summary>One for an object; for a struct as <see cref="OfItems"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Of<T>() => typeof(T).IsValueType ? OfItems<T>(1) : 1;

    /// <summary>
    /// Large structs lie in the collection itself: each counts as an object for every 32 bytes, because an item of one byte on the wire
    /// may take hundreds.
    /// </summary>
    /// <param name="count">How many items there are.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long OfItems<T>(int count) => Unsafe.SizeOf<T>() > Size ? (long)count * (Unsafe.SizeOf<T>() / Size) : 0;
}
