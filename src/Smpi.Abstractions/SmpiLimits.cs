namespace Smpi;

/// <summary>What one side takes from a peer. Safe defaults; every value can be changed by configuration.</summary>
public sealed record SmpiLimits
{
    /// <summary>The defaults.</summary>
    public static SmpiLimits Default { get; } = new();

    /// <summary>Octets of one message's body. Default 4 MiB.</summary>
    public int MessageSize { get; init; } = 4 * 1024 * 1024;

    /// <summary>Octets of anything a peer sends before its hello is accepted. Default 4 KiB.</summary>
    public int HelloSize { get; init; } = 4 * 1024;

    /// <summary>Octets of all headers of a message. Default 16 KiB.</summary>
    public int HeaderSize { get; init; } = 16 * 1024;

    /// <summary>Header fields of a message. Default 100.</summary>
    public int HeaderCount { get; init; } = 100;

    /// <summary>Octets of a header's name, and of a subject. Default 256.</summary>
    public int NameSize { get; init; } = 256;

    /// <summary>Octets of items that a new stream may send before credit, per stream. Default 64 KiB.</summary>
    public int StreamWindow { get; init; } = 64 * 1024;

    /// <summary>Octets that a stream's window may grow to. Default 1 MiB.</summary>
    public int MaxStreamWindow { get; init; } = 1024 * 1024;

    /// <summary>Octets that all windows of a connection may grow to. Default 4 MiB.</summary>
    public int ConnectionWindow { get; init; } = 4 * 1024 * 1024;

    /// <summary>Unary calls that a peer may have open. Above it the CALLER waits. Default 1,024.</summary>
    public int Calls { get; init; } = 1024;

    /// <summary>Streams that a peer may have open. Default 1,024.</summary>
    public int Streams { get; init; } = 1024;

    /// <summary>Event subscriptions of one channel. Default 4,096.</summary>
    public int Subscriptions { get; init; } = 4096;

    /// <summary>Octets of the bodies of all requests in flight on a connection; one message may exceed it alone. Default 16 MiB.</summary>
    public int InFlightSize { get; init; } = 16 * 1024 * 1024;

    /// <summary>Octets of the bodies of all requests in flight on all connections of a listener. Default 1 GiB.</summary>
    public long ListenerInFlightSize { get; init; } = 1024L * 1024 * 1024;

    /// <summary>Octets that may wait in an outbox before writers wait. Default 1 MiB.</summary>
    public int SendQueue { get; init; } = 1024 * 1024;

    /// <summary>Depth of nested values in a body. Default 64.</summary>
    public int Depth { get; init; } = 64;

    /// <summary>Connections of one listener. Default 10,000.</summary>
    public int Connections { get; init; } = 10_000;

    /// <summary>Handshakes of one listener that run at the same time. Default 100.</summary>
    public int PendingHandshakes { get; init; } = 100;

    /// <summary>Replies per minute to ids that were never issued, before the connection closes. Default 100.</summary>
    public int StrayReplies { get; init; } = 100;

    /// <summary>The longest a handshake may take. Default 10 s.</summary>
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest that closing waits for the last octets to go. Default 5 s.</summary>
    public TimeSpan CloseTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest that a drain waits for open calls. Default 30 s.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Bytes a second that the sender of an unfinished message must bring, on average since it began, after five seconds in which
    /// this side waited for it. Slower ones
    /// are disconnected with <see cref="ErrorCode.EnhanceYourCalm"/>. Default 240; zero takes any.
    /// </summary>
    public int LeastDataRate { get; init; } = 240;

    /// <summary>Silence after which a ping is sent, where the format can ping. Default 10 s; zero turns heartbeats off.</summary>
    public TimeSpan HeartbeatInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Silence after which a peer counts as gone. Default 30 s.</summary>
    public TimeSpan HeartbeatTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Refuses limits with which calls or messages would wait for ever.</summary>
    /// <exception cref="SmpiConfigurationException">A limit is below its minimum; the message names both.</exception>
    public void Check()
    {
        if (LimitMinimums.Below(this) is { } below) throw new SmpiConfigurationException($"The limit {below}: raise it.");
    }
}
