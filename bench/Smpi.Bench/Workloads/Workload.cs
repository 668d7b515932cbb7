namespace Smpi.Bench;

/// <summary>One thing to measure, opened once and run in every round.</summary>
/// <param name="Kind">What is done, such as "unary, 64 in flight"; workloads of one kind are compared.</param>
/// <param name="Wire">Over what; null for a limit of the machine and for a peer.</param>
/// <param name="Open">Makes it ready.</param>
internal sealed record Workload(string Kind, Wire? Wire, Func<Bench, Task<IRun>> Open)
{
    /// <summary>The name of the workload that is the machine's own limit for it; null for a limit itself.</summary>
    public string? Limit { get; init; }

    /// <summary>Octets that an operation moves one way, where the rate in octets matters.</summary>
    public long Payload { get; init; }

    /// <summary>The point of a plot that it gives; null for none.</summary>
    public PlotPoint? Point { get; init; }

    /// <summary>Octets of the records that the program itself gets for each operation, at the client and at the server.</summary>
    public Func<(double Client, double Server)> Records { get; init; } = static () => default;

    /// <summary>The other library that runs it; null for Smpi and for a limit.</summary>
    public Peer? Peer { get; init; }

    /// <summary>What its client is told, with <c>{0}</c> for the seconds.</summary>
    public string? PeerCommand { get; init; }

    /// <summary>The wire in whose processes it runs; null for those of its own wire or peer.</summary>
    public Wire? At { get; init; }

    /// <summary>What it has to itself, such as a thousand connections; empty for what may run beside other work of its wire.</summary>
    public string Apart { get; init; } = "";

    /// <summary>The processes in which it runs: a pair for each wire, each peer, and for what is neither or needs a pair to itself.</summary>
    public string Place => Peer?.Label ?? (At ?? Wire) switch
    {
        null => "limits alone",
        { } wire => Apart.Length > 0 ? $"{wire.Place}, {Apart}" : wire.Place,
    };

    public bool IsLimit => Wire is null && Peer is null;

    /// <summary>What differs from the base; empty for the base itself.</summary>
    public string Label => Peer?.Label ?? Wire?.Label ?? "";

    /// <summary>Whether a target is about its rate: it runs more often, because one rate in a short moment says little.</summary>
    public bool IsJudged => Targets.IsAbout(this);

    /// <summary>Belongs to the short run.</summary>
    public bool Quick { get; init; }

    public string Name => Label.Length == 0 ? Kind : $"{Kind} [{Label}]";
}

/// <summary>A point of a plot.</summary>
internal sealed record PlotPoint(string Plot, string Series, double X);
