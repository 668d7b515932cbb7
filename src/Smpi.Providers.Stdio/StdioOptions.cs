namespace Smpi;

/// <summary>How a process uses its own standard streams.</summary>
public sealed record StdioOptions
{
    /// <summary>Whether the process exits, with code 0, when the host has closed or is gone. Default true: a worker without its host has nothing to do.</summary>
    /// <remarks>A process that ends its channel itself, before its host does, goes on and chooses its own exit code.</remarks>
    public bool ExitWithHost { get; init; } = true;
}
