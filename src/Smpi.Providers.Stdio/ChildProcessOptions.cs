namespace Smpi;

/// <summary>What to start, and how to end it.</summary>
public sealed record ChildProcessOptions
{
    /// <summary>The program: a path, or a name that is looked up in PATH.</summary>
    /// <remarks>A path is relative to this process' directory, whatever <see cref="WorkingDirectory"/> is. On Unix a name without a slash is looked up in PATH only.</remarks>
    public required string FileName { get; init; }

    /// <summary>Its arguments, one string each; no shell is involved.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Its working directory; null for this process' own.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Changes to the environment; a null value removes a variable.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>How long the child may take to end after its input was closed, before it is killed with its whole tree. Default 5 s, at most a day.</summary>
    public TimeSpan GraceTime { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Lines of standard error that are kept for the exception when the child ends. Default 20.</summary>
    /// <remarks>Lines are cut at 8,192 characters, and together they are at most 16,384. Every line, kept or not, goes to <see cref="ConnectionOptions.Notes"/>.</remarks>
    public int ErrorTailLines { get; init; } = 20;
}
