using System.Buffers;

namespace Smpi.Tests;

/// <summary>Maps put together from encoded pairs.</summary>
internal static class Pairs
{
    /// <summary>The encoded pairs of a map, each key with its value.</summary>
    public static byte[][] Of(byte[] map)
    {
        var reader = new MessagePackReader(new ReadOnlySequence<byte>(map));
        byte[][] pairs = new byte[reader.ReadMapHeader()][];
        for (int i = 0; i < pairs.Length; i++)
        {
            int from = map.Length - reader.Remaining;
            reader.Skip();
            reader.Skip();
            pairs[i] = map[from..^reader.Remaining];
        }

        return pairs;
    }

    public static byte[] Map(params IReadOnlyList<byte[]> pairs)
    {
        byte[] head = pairs.Count < 16 ? [(byte)(0x80 | pairs.Count)] : [0xde, (byte)(pairs.Count >> 8), (byte)pairs.Count];
        return [.. head, .. pairs.SelectMany(static pair => pair)];
    }

    public static IEnumerable<IReadOnlyList<T>> Orders<T>(IReadOnlyList<T> items)
    {
        if (items.Count == 0) return [[]];
        return items.SelectMany((first, at) => Orders([.. items.Where((_, i) => i != at)]).Select(IReadOnlyList<T> (rest) => [first, .. rest]));
    }

    public static IReadOnlyList<T> With<T>(IReadOnlyList<T> items, int at, T item) => [.. items.Take(at), item, .. items.Skip(at)];
}
