namespace Smpi;

/// <summary>One side of a memory connection: what its channel asked for, and what its hello would have said.</summary>
internal sealed class MemorySide(ConnectionOptions connection, MemoryOptions memory, ConnectionRole role)
{
    public ConnectionOptions Connection { get; } = connection with { Role = role };

    public MemoryOptions Memory { get; } = memory;

    /// <summary>Whether the wire format has to run.</summary>
    public bool NeedsBytes => Memory.Bytes || Connection.Format.Name != "native";

    public PeerHello Hello() => new()
    {
        Role = Connection.Role,
        Limits = Connection.Limits,
        Encodings = Connection.Encodings,
        Agent = Connection.Agent,
        Session = Guid.NewGuid().ToByteArray(),
    };
}
