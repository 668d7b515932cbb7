namespace Smpi.Conformance;

internal sealed record Nothing;

internal sealed record Allowed(int Number);

internal sealed record Holder(List<Inner> Items);

internal sealed record Short(string Text);

internal sealed record Loose(string? Text, Inner? Inner, int Count);

internal sealed record LooseLists(List<Loose> Items);

internal sealed record Strict(string Text, Inner Inner, int Count);

internal sealed record StrictLists(List<Strict> Items);

/// <summary>A member that is set and that nothing gives a value.</summary>
internal sealed record StrictSet(string Text)
{
    public Inner Inner { get; init; } = null!;
}

internal sealed class StrictSettable
{
    public string Text { get; set; } = "";

    public Inner Inner { get; set; } = null!;
}

internal sealed record Lenient(string Text, Inner? Inner, int Count, string Note = "none");

internal sealed record WithInitializer(string Text)
{
    public Inner Inner { get; init; } = new("initial", 1);
}

internal sealed record OlderFailing(int Kind, List<Older> Items);

internal sealed record FailingConstructor
{
    public FailingConstructor(int kind)
    {
        Failing.Throw(kind);
        Kind = kind;
    }

    public int Kind { get; }
}

internal sealed class FailingSetter
{
    public int Kind
    {
        get;
        set
        {
            Failing.Throw(value);
            field = value;
        }
    }
}

internal sealed class FailingGetter
{
    internal int Hidden { get; init; }

    public int Kind
    {
        get
        {
            Failing.Throw(Hidden);
            return Hidden;
        }
        set => _ = value;
    }
}

internal sealed record FailingEquality(int Kind, HashSet<FailingItem> Items);

internal sealed class FailingItem
{
    public int Number { get; set; }

    public override bool Equals(object? obj) => obj is FailingItem other && other.Number == Number;

    public override int GetHashCode()
    {
        Failing.Throw(Number);
        return 0;
    }
}
