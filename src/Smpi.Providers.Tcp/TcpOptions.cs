namespace Smpi;

/// <summary>How TCP sockets are set up.</summary>
public sealed record TcpOptions
{
    /// <summary>Whether small sends go out at once. Default true: the connection already collects what belongs together.</summary>
    public bool NoDelay { get; init; } = true;

    /// <summary>Whether the system probes silent connections. Default false: heartbeats do it, where the format has them.</summary>
    public bool KeepAlive { get; init; }

    /// <summary>Octets of the system's receive buffer; null for the system's own choice.</summary>
    public int? ReceiveBuffer { get; init; }

    /// <summary>Octets of the system's send buffer; null for the system's own choice.</summary>
    public int? SendBuffer { get; init; }

    /// <summary>Peers that may wait to be accepted. Default 512; the system may take fewer.</summary>
    public int Backlog { get; init; } = 512;
}
