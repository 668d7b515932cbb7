namespace Smpi.ThrowingChild;

/// <summary>A place where user code is called.</summary>
public sealed class Place(string name, string? reported, Func<Stage, Task> act)
{
    public string Name => name;

    /// <summary>The name it is reported with; null where the caller is told.</summary>
    public string? Reported => reported;

    /// <summary>Has the user code called.</summary>
    public Func<Stage, Task> Act => act;

    public Action<SmpiBuilder, Stage>? Server { get; init; }

    public Action<SmpiBuilder, Stage>? Client { get; init; }

    /// <summary>Whether the channel is of no use afterwards.</summary>
    public bool ClosesChannel { get; init; }

    /// <summary>Whether failures of other kinds belong to it.</summary>
    public bool OthersMayFail { get; init; }

    public override string ToString() => name;
}
