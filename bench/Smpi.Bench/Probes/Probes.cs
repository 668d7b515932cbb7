namespace Smpi.Bench;

/// <summary>All probes.</summary>
internal static class Probes
{
    public static IReadOnlyList<Probe> All { get; } =
    [
        new("first reply", true, FirstReply.RunAsync),
        new("warm connect", true, WarmConnect.RunAsync),
        new("idle connections [tcp]", true, options => IdleConnections.RunAsync(new Wire(), options)),
        new("idle connections [ws]", true, options => IdleConnections.RunAsync(new Wire(Protocol: "ws"), options)),
        new("steady memory", true, SteadyMemory.RunAsync),
    ];
}
