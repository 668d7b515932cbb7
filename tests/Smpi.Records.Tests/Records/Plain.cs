namespace Smpi.Records.Tests;

public enum Level : byte
{
    None,
    Low = 1,
    High = 200,
}

public enum Wide : long
{
    None,
    Small = -5,
    Large = 1L << 40,
}

[Flags]
public enum Rights
{
    None = 0,
    Read = 1,
    Write = 2,
    Run = 4,
}

public sealed record Numbers(
    bool Yes, byte Byte, sbyte SByte, short Short, ushort UShort, int Int, uint UInt, long Long, ulong ULong, float Float, double Double, decimal Decimal);

public sealed record Values(string Text, Guid Guid, DateTime Time, DateTimeOffset Moment, TimeSpan Span, Level Level, Wide Wide, Rights Rights);

public sealed record Further(char Char, DateOnly Day, TimeOnly Hour, Uri Link);

public sealed record Octets(byte[] Array, ReadOnlyMemory<byte> Memory, byte[]? Maybe);

public sealed record Inner(string Name, int Value);

public sealed record Chain(int Value, Chain? Next);

public sealed record Tree(string Name, IReadOnlyList<Tree> Branches);

public sealed record Nested(Inner First, Inner? Second, Chain? Chain, Tree Tree, Point Point, Point? Spot);

public readonly record struct Point(int X, int Y);

public sealed record Maybe(
    bool? Yes, byte? Byte, int? Int, long? Long, ulong? ULong, float? Float, double? Double, decimal? Decimal, string? Text, Guid? Guid,
    DateTime? Time, DateTimeOffset? Moment, TimeSpan? Span, Level? Level, Wide? Wide, Inner? Inner);

public sealed record Nothing;
