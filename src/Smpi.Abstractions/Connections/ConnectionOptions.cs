namespace Smpi;

/// <summary>What the core hands to a protocol to open or accept connections. Grows without breaking providers.</summary>
public sealed record ConnectionOptions
{
    /// <summary>The wire format that byte streams and frames are read and written with.</summary>
    public required IWireFormat Format { get; init; }

    /// <summary>What this side takes from a peer.</summary>
    public SmpiLimits Limits { get; init; } = SmpiLimits.Default;

    /// <summary>The clock of every timeout and heartbeat.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Which side this is. A protocol sets it to <see cref="ConnectionRole.Listener"/> for accepted connections.</summary>
    public ConnectionRole Role { get; init; }

    /// <summary>Names of the encodings this side can use, best first.</summary>
    public IReadOnlyList<string> Encodings { get; init; } = [];

    /// <summary>The media type of the bodies this side writes, such as <c>application/json</c>, for formats that say it; null when it is not known.</summary>
    public string? ContentType { get; init; }

    /// <summary>Whether the transport has frames, so that the format leaves its own delimiters out. <see cref="FrameConnection"/> and <see cref="StreamConnection"/> set it.</summary>
    public bool Framed { get; init; }

    /// <summary>How this side calls itself, for the peer's logs.</summary>
    public string Agent { get; init; } = "smpi-dotnet";

    /// <summary>
    /// The session in this side's hello, 16 random bytes: the same for each connection of one channel, so that a listener can keep the order of connections that follow each other.
    /// Empty for another one each time.
    /// </summary>
    public ReadOnlyMemory<byte> Session { get; init; }

    /// <summary>Receives notes about the wire that are no messages: a child's standard error line, skipped junk. May be called from any thread and must not block.</summary>
    public Action<ConnectionNote>? Notes { get; init; }
}
