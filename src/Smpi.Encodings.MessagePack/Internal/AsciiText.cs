using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace Smpi;

/// <summary>ASCII, which is most text on a wire: an octet for each character, so one pass checks and copies.</summary>
internal static class AsciiText
{
    private const ushort NotAscii = 0xff80;

    /// <summary>Copies a text if it is ASCII.</summary>
    /// <param name="text">The text.</param>
    /// <param name="octets">At least as long; what it holds is undefined when the text is not ASCII.</param>
    public static bool TryNarrow(ReadOnlySpan<char> text, Span<byte> octets)
    {
        if (text.Length is < 8 or > 32) return Ascii.FromUtf16(text, octets, out _) == System.Buffers.OperationStatus.Done;
        ReadOnlySpan<ushort> units = MemoryMarshal.Cast<char, ushort>(text);

        // Two parts that may overlap, so there is no rest.
        if (units.Length <= 16)
        {
            Vector128<ushort> begin = Vector128.Create(units), end = Vector128.Create(units[^8..]);
            if (((begin | end) & Vector128.Create(NotAscii)) != Vector128<ushort>.Zero) return false;
            Vector128<ulong> both = Vector128.Narrow(begin, end).AsUInt64();
            BitConverter.TryWriteBytes(octets, both.ToScalar());
            BitConverter.TryWriteBytes(octets[(units.Length - 8)..], both.GetElement(1));
            return true;
        }

        Vector128<ushort> a = Vector128.Create(units), b = Vector128.Create(units[8..]);
        Vector128<ushort> c = Vector128.Create(units[^16..]), d = Vector128.Create(units[^8..]);
        if (((a | b | c | d) & Vector128.Create(NotAscii)) != Vector128<ushort>.Zero) return false;
        Vector128.Narrow(a, b).CopyTo(octets);
        Vector128.Narrow(c, d).CopyTo(octets[(units.Length - 16)..]);
        return true;
    }

    /// <summary>Whether octets are ASCII.</summary>
    public static bool Is(ReadOnlySpan<byte> octets)
    {
        if (octets.Length is < 8 or > 32) return Ascii.IsValid(octets);
        if (octets.Length < 16) return ((BitConverter.ToUInt64(octets) | BitConverter.ToUInt64(octets[^8..])) & 0x8080_8080_8080_8080) == 0;
        return (Vector128.Create(octets) | Vector128.Create(octets[^16..])).ExtractMostSignificantBits() == 0;
    }

    /// <summary>Makes a string of octets that are ASCII.</summary>
    /// <param name="octets">The octets.</param>
    public static string Widen(ReadOnlySpan<byte> octets) => string.Create(octets.Length, octets, static (chars, from) =>
    {
        Span<ushort> units = MemoryMarshal.Cast<char, ushort>(chars);
        if (from.Length is >= 16 and <= 32)
        {
            (Vector128<ushort> a, Vector128<ushort> b) = Vector128.Widen(Vector128.Create(from));
            (Vector128<ushort> c, Vector128<ushort> d) = Vector128.Widen(Vector128.Create(from[^16..]));
            a.CopyTo(units);
            b.CopyTo(units[8..]);
            c.CopyTo(units[^16..]);
            d.CopyTo(units[^8..]);
        }
        else if (from.Length is >= 8 and < 16)
        {
            Vector128<byte> both = Vector128.Create(BitConverter.ToUInt64(from), BitConverter.ToUInt64(from[^8..])).AsByte();
            (Vector128<ushort> a, Vector128<ushort> b) = Vector128.Widen(both);
            a.CopyTo(units);
            b.CopyTo(units[^8..]);
        }
        else
        {
            Ascii.ToUtf16(from, chars, out _);
        }
    });
}
