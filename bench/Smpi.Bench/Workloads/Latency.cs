using System.Diagnostics;
using System.Globalization;
using System.Numerics;

namespace Smpi.Bench;

/// <summary>A histogram of durations: sixteen buckets for every power of two, so a value is off by 6 % at most. Recording allocates nothing.</summary>
internal sealed class Latency
{
    private const int Parts = 16;

    private static readonly CultureInfo Plain = CultureInfo.InvariantCulture;

    private readonly long[] _buckets = new long[64 * Parts];

    public long Count { get; private set; }

    /// <param name="ticks">A difference of <see cref="Stopwatch.GetTimestamp"/>.</param>
    public void Record(long ticks)
    {
        ulong value = (ulong)Math.Max(ticks, 0);
        _buckets[Bucket(value)]++;
        Count++;
    }

    public void Add(Latency other)
    {
        for (int index = 0; index < _buckets.Length; index++) _buckets[index] += other._buckets[index];
        Count += other.Count;
    }

    /// <summary>The buckets that are not empty, as another process writes them: index:count.</summary>
    public static Latency Parse(string text)
    {
        var latency = new Latency();
        foreach (string bucket in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = bucket.Split(':');
            long count = long.Parse(parts[1], Plain);
            latency._buckets[int.Parse(parts[0], Plain)] += count;
            latency.Count += count;
        }

        return latency;
    }

    public override string ToString() =>
        string.Join(' ', _buckets.Select((count, index) => (count, index)).Where(bucket => bucket.count > 0).Select(bucket => string.Create(Plain, $"{bucket.index}:{bucket.count}")));

    public void Clear()
    {
        Array.Clear(_buckets);
        Count = 0;
    }

    /// <summary>The microseconds within which the given share of all values lies; 0 when there are none.</summary>
    public double Microseconds(double share)
    {
        long wanted = (long)Math.Ceiling(Count * share);
        long seen = 0;
        for (int index = 0; index < _buckets.Length; index++)
        {
            seen += _buckets[index];
            if (seen >= wanted && seen > 0) return Middle(index) * 1e6 / Stopwatch.Frequency;
        }

        return 0;
    }

    private static int Bucket(ulong value)
    {
        if (value < Parts) return (int)value;
        int octave = BitOperations.Log2(value);
        return ((octave - 3) * Parts) + (int)((value >> (octave - 4)) & (Parts - 1));
    }

    private static double Middle(int index)
    {
        if (index < Parts) return index;
        int octave = (index / Parts) + 3;
        double width = Math.Pow(2, octave - 4);
        return ((Parts + (index % Parts)) * width) + (width / 2);
    }
}
