namespace Smpi.Bench;

/// <summary>What a workload gave.</summary>
internal sealed class Result(Workload workload)
{
    private readonly List<double> _ratios = [];

    public Workload Workload => workload;

    public List<Measure> Rounds { get; } = [];

    public Latency Latency { get; } = new();

    /// <summary>Why it gave nothing; null when it ran.</summary>
    public string? Failure { get; set; }

    /// <summary>Why it could not be tried here; null when it was.</summary>
    public string? Missing { get; set; }

    /// <summary>Encodings for each event, where they are counted.</summary>
    public double? Encodings { get; private set; }

    public bool Ran => Failure is null && Missing is null && Rounds.Count > 0;

    /// <summary>The median of the ratios to the limit, each to the one that ran in the same round; null where there is none.</summary>
    public double? OfLimit => _ratios.Count == 0 ? null : Middle(_ratios);

    /// <summary>Takes a further round and says its rate.</summary>
    public double Add(Round round)
    {
        Measure measure = round.Measure();

        // What other libraries allocate is not known.
        Rounds.Add(workload.Peer is null ? measure : measure with { ClientOctets = double.NaN, ServerOctets = double.NaN });
        Latency.Add(round.Latency);
        if (round.EncodingsPerEvent > 0) Encodings = round.EncodingsPerEvent;
        return measure.PerSecond;
    }

    /// <summary>Takes the ratio of a round to its limit.</summary>
    public void AddRatio(double ratio) => _ratios.Add(ratio);

    public double Rate => Median(round => round.PerSecond);

    public long Gen2 => Rounds.Sum(round => round.Gen2);

    /// <summary>Octets of the library's own for each operation; below half an octet is nothing.</summary>
    public double OwnClient => Own(Median(round => round.ClientOctets) - workload.Records().Client);

    public double OwnServer => Own(Median(round => round.ServerOctets) - workload.Records().Server);

    public double Median(Func<Measure, double> part) => Middle(Rounds.Select(part));

    private static double Middle(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? double.NaN : sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }

    private static double Own(double octets) => Math.Abs(octets) < 0.5 ? 0 : Math.Round(octets, 1);
}
