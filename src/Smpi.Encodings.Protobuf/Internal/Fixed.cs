using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Smpi;

/// <summary>Numbers that are packed as they stand in memory, and counts of packed numbers.</summary>
internal static class Fixed
{
    public static bool Is<T>() => BitConverter.IsLittleEndian && (typeof(T) == typeof(double) || typeof(T) == typeof(float));

    public static int Size<T>() => Unsafe.SizeOf<T>();

    public static ReadOnlySpan<byte> Bytes<T>(ReadOnlySpan<T> items) =>
        MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<T, byte>(ref MemoryMarshal.GetReference(items)), items.Length * Unsafe.SizeOf<T>());

    public static Span<byte> Bytes<T>(Span<T> items) =>
        MemoryMarshal.CreateSpan(ref Unsafe.As<T, byte>(ref MemoryMarshal.GetReference(items)), items.Length * Unsafe.SizeOf<T>());

    /// <summary>How many packed numbers there are: those of variable length end with an octet below 128.</summary>
    public static int Count<TScalar, T>(ReadOnlySpan<byte> packed)
        where TScalar : struct, IScalar<T>
    {
        if (TScalar.WireType == ProtobufWireType.Fixed64) return packed.Length / 8;
        if (TScalar.WireType == ProtobufWireType.Fixed32) return packed.Length / 4;
        int count = 0;
        foreach (byte octet in packed) count += (octet >> 7) ^ 1;
        return count;
    }
}
