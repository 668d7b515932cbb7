namespace Smpi;

/// <summary>How named pipes are set up.</summary>
public sealed record NamedPipeOptions
{
    /// <summary>Whether the other side must be a process of the same user. Default true.</summary>
    public bool CurrentUserOnly { get; init; } = true;

    /// <summary>Octets of the buffers of each direction. Default 64 KiB; a hint.</summary>
    public int BufferSize { get; init; } = 64 * 1024;

    /// <summary>How long dialling waits for a pipe whose instances are all taken at the moment. Default 2 s; used on Windows only.</summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(2);
}
