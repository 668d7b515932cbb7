namespace Smpi.Records.Tests;

public sealed record Lists(
    int[] Array, List<string> Texts, IReadOnlyList<long> Longs, IReadOnlyCollection<double> Doubles, IEnumerable<bool> Flags, List<Level> Levels, List<Guid> Guids,
    List<decimal> Decimals, List<DateTimeOffset> Moments, List<TimeSpan> Spans, List<byte[]> Blobs, List<Inner> Records, Point[] Points, HashSet<int> Set);

public sealed record MaybeLists(int[]? Array, List<string>? Texts, IReadOnlyList<Inner>? Records, Dictionary<string, int>? Map, HashSet<string>? Set);

public sealed record Deep(List<List<int>> Lists, int[][] Arrays, Dictionary<string, List<int>> Map, List<Dictionary<string, int>> Maps, Dictionary<string, Dictionary<int, Inner>> Twice);

public sealed record Maps(
    Dictionary<string, int> ByText, Dictionary<int, string> ByInt, Dictionary<long, Inner> ByLong, Dictionary<bool, int> ByBool, Dictionary<Guid, Level> ByGuid,
    Dictionary<Level, double> ByLevel, IReadOnlyDictionary<string, string> ReadOnly, IDictionary<string, byte[]> Blobs);
