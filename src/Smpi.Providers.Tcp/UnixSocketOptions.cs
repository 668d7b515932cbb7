namespace Smpi;

/// <summary>How Unix domain sockets are set up.</summary>
public sealed record UnixSocketOptions
{
    /// <summary>The mode of the socket's file, set before the first peer can connect. Default 0600: this user only. Not used on Windows.</summary>
    public UnixFileMode Mode { get; init; } = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Whether the peer must be a process of the same user, on both sides. Checked on Linux; elsewhere the mode of the file has to do. Default false.</summary>
    public bool SameUserOnly { get; init; }

    /// <summary>Peers that may wait to be accepted. Default 512; the system may take fewer.</summary>
    public int Backlog { get; init; } = 512;
}
