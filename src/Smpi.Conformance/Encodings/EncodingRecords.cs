namespace Smpi.Conformance;

internal enum Colour
{
    None,
    Red,
    Green = 7,
}

internal enum Big : long
{
    Small = 1,
    Large = 1L << 40,
}

internal sealed record Scalars(
    bool Yes, byte Byte, short Short, int Int, long Long, uint UInt, ulong ULong, float Float, double Double, string Text, Colour Colour, Big Big);

internal sealed record Exact(Guid Guid, decimal Decimal, DateTimeOffset Moment, TimeSpan Span, DateTime Utc, byte[] Octets);

internal sealed record Maybe(int? Int, string? Text, Guid? Guid, DateTimeOffset? Moment, Colour? Colour, Inner? Inner, decimal? Decimal);

internal sealed record Inner(string Name, int Value);

internal sealed record Nested(Inner First, Inner? Second, IReadOnlyList<Inner> More);

internal sealed record Tree(int Value, IReadOnlyList<Tree> Branches);

internal sealed record Collections(int[] Array, List<string> List, IReadOnlyList<long> ReadOnly, List<Colour> Enums, List<Guid> Guids, List<double> Doubles);

internal sealed record Maps(Dictionary<string, int> Numbers, Dictionary<string, Inner> Records, IReadOnlyDictionary<string, string> Texts);

internal sealed record Init
{
    public int Number { get; init; }

    public string Text { get; init; } = "";

    public Inner? Inner { get; init; }

    public List<int> Numbers { get; init; } = [];
}

internal sealed record Mixed(int Positional)
{
    public string Initialised { get; init; } = "";
}

internal sealed record Older(int Number);

internal sealed record Newer(int Number, string Added, List<Inner> More, Inner Nested);
