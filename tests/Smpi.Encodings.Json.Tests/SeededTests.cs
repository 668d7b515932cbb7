using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;

namespace Smpi.Encodings.Json.Tests;

/// <summary>Keys cannot be made to collide: every collection that hashes numbers hashes them with the seed of the process.</summary>
public sealed class SeededTests
{
    [Fact]
    public void Every_kind_of_dictionary_has_a_seeded_comparer()
    {
        IsSeeded(Read<Dictionary<long, int>>().Comparer);
        IsSeeded(((Dictionary<long, int>)Read<IDictionary<long, int>>()).Comparer);
        IsSeeded(((Dictionary<long, int>)Read<IReadOnlyDictionary<long, int>>()).Comparer);
        IsSeeded(Read<ConcurrentDictionary<long, int>>().Comparer);
        IsSeeded(Read<ImmutableDictionary<long, int>>().KeyComparer);
        IsSeeded(((ImmutableDictionary<long, int>)Read<IImmutableDictionary<long, int>>()).KeyComparer);

        static T Read<T>()
            where T : IEnumerable<KeyValuePair<long, int>>
        {
            T read = Coding.Reflected.Parse<T>("{\"1\":2,\"4294967298\":3}");
            Assert.Equal([new(1, 2), new(4294967298, 3)], read.OrderBy(static pair => pair.Key));
            return read;
        }
    }

    [Fact]
    public void Every_kind_of_set_has_a_seeded_comparer()
    {
        IsSeeded(Read<HashSet<long>>().Comparer);
        IsSeeded(((HashSet<long>)Read<ISet<long>>()).Comparer);
        IsSeeded(((HashSet<long>)Read<IReadOnlySet<long>>()).Comparer);
        IsSeeded(Read<ImmutableHashSet<long>>().KeyComparer);
        IsSeeded(((ImmutableHashSet<long>)Read<IImmutableSet<long>>()).KeyComparer);

        static T Read<T>()
            where T : IEnumerable<long>
        {
            T read = Coding.Reflected.Parse<T>("[1,4294967298,1]");
            Assert.Equal([1, 4294967298], read.Order());
            return read;
        }
    }

    [Fact]
    public void Every_kind_of_number_that_can_be_made_to_collide_is_seeded()
    {
        IsSeeded(Coding.Reflected.Parse<Dictionary<int, string>>("{\"1\":\"a\"}").Comparer);
        IsSeeded(Coding.Reflected.Parse<Dictionary<uint, Point>>("{\"1\":{\"x\":1,\"y\":2}}").Comparer);
        IsSeeded(Coding.Reflected.Parse<Dictionary<ulong, int>>("{\"1\":1}").Comparer);
        IsSeeded(Coding.Reflected.Parse<Dictionary<double, int>>("{\"1.5\":1}").Comparer);
        IsSeeded(Coding.Reflected.Parse<Dictionary<decimal, int>>("{\"1.5\":1}").Comparer);
        IsSeeded(Coding.Reflected.Parse<Dictionary<Guid, int>>("{\"00112233-4455-6677-8899-aabbccddeeff\":1}").Comparer);
        IsSeeded(Coding.Reflected.Parse<Dictionary<DateTime, int>>("{\"2026-11-21T00:00:00Z\":1}").Comparer);
        IsSeeded(Coding.Reflected.Parse<Dictionary<Large, int>>("{\"1\":1}").Comparer);
        IsSeeded(Coding.Reflected.Parse<HashSet<TimeSpan>>("[\"1.02:03:04\"]").Comparer);
        Assert.Same(EqualityComparer<string>.Default, Coding.Reflected.Parse<Dictionary<string, int>>("{\"a\":1}").Comparer);
    }

    [Fact]
    public void Enums_of_64_bits_that_fold_to_one_number_do_not_collide()
    {
        IEqualityComparer<Large> comparer = Coding.Reflected.Parse<HashSet<Large>>("[1]").Comparer;
        int[] hashes = [.. Enumerable.Range(0, 1000).Select(number => comparer.GetHashCode((Large)((long)number << 32 | (uint)number)))];
        Assert.InRange(hashes.Distinct().Count(), 990, 1000);
    }

    [Fact]
    public void Members_are_seeded_with_reflection_and_with_a_context()
    {
        foreach (JsonEncoding encoding in new[] { Coding.Reflected, Coding.Generated })
        {
            Keyed read = encoding.Parse<Keyed>("{\"map\":{\"1\":{\"x\":1,\"y\":2}},\"only\":{\"2\":3},\"set\":[4]}");
            IsSeeded(read.Map.Comparer);
            IsSeeded(((Dictionary<long, int>)read.Only).Comparer);
            IsSeeded(read.Set.Comparer);
        }
    }

    [Fact]
    public void A_failure_within_a_collection_names_the_whole_path()
    {
        EncodingException error = Assert.Throws<EncodingException>(() =>
            Coding.Reflected.Parse<Keyed>("{\"map\":{},\"only\":{\"2\":true},\"set\":[4]}"));
        Assert.Contains("$.only", error.Message, StringComparison.Ordinal);
        Assert.Contains("$.2", error.Message, StringComparison.Ordinal);
        Assert.Throws<EncodingException>(() => Coding.Reflected.Parse<IReadOnlyDictionary<long, int>>("{\"1\":1,\"1\":2}"));
        Assert.Equal("{\"1\":2}", Encoding.UTF8.GetString(Coding.Reflected.Bytes<IReadOnlyDictionary<long, int>>(new Dictionary<long,
            int>
        { [1] = 2 })));
    }

    private static void IsSeeded<T>(IEqualityComparer<T> comparer) => Assert.IsType<SeededComparer<T>>(comparer);

    public enum Large : long
    {
        None,
    }

    public sealed record Keyed(Dictionary<long, Point> Map, IReadOnlyDictionary<long, int> Only, HashSet<int> Set);
}
