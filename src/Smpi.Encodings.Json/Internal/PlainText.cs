using System.Buffers;
using System.Text.Json;

namespace Smpi;

/// <summary>Text that is the same in JSON, and text that is not.</summary>
internal static class PlainText
{
    /// <summary>Beyond that the serializer takes no text either.</summary>
    public const int Longest = 166_666_666;

    private static readonly SearchValues<byte> Plain = SearchValues.Create(
        [.. Enumerable.Range(0x20, 0x7f - 0x20).Where(static octet => octet is not ('"' or '\\')).Select(static octet => (byte)octet)]);

    /// <summary>Whether every octet is ASCII and stands for itself, in both directions.</summary>
    public static bool Is(ReadOnlySpan<byte> octets) => !octets.ContainsAnyExcept(Plain);

    /// <summary>The first octet that is not ASCII, or does not stand for itself; -1 for none.</summary>
    public static int EndOf(ReadOnlySpan<byte> octets) => octets.IndexOfAnyExcept(Plain);

    /// <summary>Escapes as the serializer's writer does, with the same encoder.</summary>
    /// <param name="value">The text.</param>
    /// <param name="text">What stands between the quotes.</param>
    /// <returns>An array to return to the pool; null when nothing had to be escaped.</returns>
    public static unsafe char[]? TryEscape(string value, out ReadOnlySpan<char> text)
    {
        text = value;
        int first;
        fixed (char* start = value) first = value.Length == 0 ? -1 : StrictText.Instance.FindFirstCharacterToEncode(start, value.Length);
        if (first < 0 || value.Length > Longest) return null;
        char[] room = ArrayPool<char>.Shared.Rent(first + ((value.Length - first) * StrictText.Instance.MaxOutputCharactersPerInputCharacter));
        try
        {
            value.CopyTo(0, room, 0, first);
            OperationStatus status = StrictText.Instance.Encode(value.AsSpan(first), room.AsSpan(first), out _, out int written);
            if (status != OperationStatus.Done) throw new JsonException("A string could not be escaped.");
            text = room.AsSpan(0, first + written);
            return room;
        }
        catch
        {
            ArrayPool<char>.Shared.Return(room);
            throw;
        }
    }
}
