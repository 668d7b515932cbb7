namespace Smpi;

/// <summary>What to start, and how to end it.</summary>
public sealed record ChildProcessOptions
{
    /// <summary>The program: a path, or a name that is looked up in PATH.</summary>
    public required string FileName { get; init; }

    /// <summary>Its arguments, one string each; no shell is involved.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Its working directory; null for this process' own.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Changes to the environment; a null value removes a variable.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>How long the child may take to end after its input was closed, before it is killed with its whole tree. Default 5 s.</summary>
    public TimeSpan GraceTime { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Lines of standard error that are kept for the exception when the child ends. Default 20.</summary>
    public int ErrorTailLines { get; init; } = 20;
}
