namespace Smpi;

/// <summary>What a side says of itself when a connection opens.</summary>
public sealed record PeerHello
{
    /// <summary>The lowest version of the wire format that the side speaks.</summary>
    public int MinVersion { get; init; } = 1;

    /// <summary>The highest version of the wire format that the side speaks.</summary>
    public int MaxVersion { get; init; } = 1;

    /// <summary>Which side of the connection it is.</summary>
    public ConnectionRole Role { get; init; }

    /// <summary>What the side takes; the sender keeps to it.</summary>
    public SmpiLimits Limits { get; init; } = SmpiLimits.Default;

    /// <summary>Names of the encodings it can use, best first.</summary>
    public IReadOnlyList<string> Encodings { get; init; } = [];

    /// <summary>How it calls itself.</summary>
    public string Agent { get; init; } = "";

    /// <summary>The session, 16 octets; reserved for resuming.</summary>
    public ReadOnlyMemory<byte> Session { get; init; }

    /// <summary>The token that resumes an earlier session; empty for a new one. Reserved: version 1 answers <see cref="ErrorCode.ResumeFailed"/>.</summary>
    public ReadOnlyMemory<byte> ResumeToken { get; init; }

    /// <summary>Bits of optional abilities; unknown bits are ignored.</summary>
    public ulong Capabilities { get; init; }
}
