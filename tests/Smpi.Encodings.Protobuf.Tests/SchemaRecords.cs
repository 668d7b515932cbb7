using Smpi.Tests.Generated;

namespace Smpi.Tests;

#pragma warning disable CA1069 // Two names of one value are what is tested.
public enum Sign : sbyte
{
    Minus = -1,
    Zero,
    Plus,
    AlsoPlus = 1,
}

[Flags]
public enum Bits
{
    None,
    A = 1,
    B = 2,
    C = 4,
}

public enum Huge : ulong
{
    Top = ulong.MaxValue,
}

public sealed record Box<T>(T Value, Box<int>? Next);

public sealed record Numbered([property: Field(5)] int Five, [Field(9)] int Nine, int Third)
{
    public string? Last { get; init; }
}

public sealed record Odd(
    List<List<int>> Lists, List<int?> Gaps, Dictionary<Guid, double> ByGuid, Dictionary<double, List<string>> ByDouble, Bits Bits, Sign[] Signs, Huge Huge);

public sealed record Wrapped(Row First, List<Row> Rows, Dictionary<string, Reading> Readings);

public sealed record Timed(Google.Protobuf.WellKnownTypes.Timestamp At, int Count);
