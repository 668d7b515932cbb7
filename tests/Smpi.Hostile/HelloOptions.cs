namespace Smpi.Hostile;

/// <summary>What a raw peer says in its hello.</summary>
public sealed record HelloOptions
{
    public int MinVersion { get; init; } = 1;

    public int MaxVersion { get; init; } = 1;

    /// <summary>0 for a dialler, 1 for a listener.</summary>
    public int Role { get; init; }

    /// <summary>The session; random when null.</summary>
    public byte[]? Session { get; init; }

    public string Agent { get; init; } = "raw";

    public IReadOnlyList<string> Encodings { get; init; } = ["json"];

    /// <summary>Limits by their tag (16 to 27); those that are absent have their defaults.</summary>
    public IReadOnlyDictionary<int, ulong> Limits { get; init; } = new Dictionary<int, ulong>();

    /// <summary>The same with one limit.</summary>
    public HelloOptions With(int tag, ulong value) => this with { Limits = new Dictionary<int, ulong>(Limits) { [tag] = value } };
}
