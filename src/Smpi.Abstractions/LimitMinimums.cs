namespace Smpi;

/// <summary>The least that a side may take from its peer. With less, calls or messages would wait for ever, or nothing could be said
/// at all.</summary>
internal static class LimitMinimums
{
    /// <summary>Says which of a side's own limits is too low; null when none is.</summary>
    public static string? Below(SmpiLimits limits) =>
        BelowInHello(limits)
        ?? Below(nameof(SmpiLimits.HelloSize), limits.HelloSize, 1024)
        ?? Below(nameof(SmpiLimits.PendingHandshakes), limits.PendingHandshakes, 1)
        ?? Below(nameof(SmpiLimits.Connections), limits.Connections, 1)
        ?? Below(nameof(SmpiLimits.LeastDataRate), limits.LeastDataRate, 0)
        ?? (limits.HandshakeTimeout > TimeSpan.Zero ? null : $"{nameof(SmpiLimits.HandshakeTimeout)} is {limits.HandshakeTimeout} and must be above zero");

    /// <summary>Says which of the limits that a hello carries is too low; null when none is.</summary>
    public static string? BelowInHello(SmpiLimits limits) =>
        Below(nameof(SmpiLimits.MessageSize), limits.MessageSize, 1024)
        ?? Below(nameof(SmpiLimits.HeaderSize), limits.HeaderSize, 0)
        ?? Below(nameof(SmpiLimits.HeaderCount), limits.HeaderCount, 0)
        ?? Below(nameof(SmpiLimits.NameSize), limits.NameSize, 16)
        ?? Below(nameof(SmpiLimits.StreamWindow), limits.StreamWindow, 1024)
        ?? Below(nameof(SmpiLimits.Calls), limits.Calls, 1)
        ?? Below(nameof(SmpiLimits.Streams), limits.Streams, 1)
        ?? Below(nameof(SmpiLimits.InFlightSize), limits.InFlightSize, 1024)
        ?? Below(nameof(SmpiLimits.Depth), limits.Depth, 1);

    private static string? Below(string name, int value, int least) => value >= least ? null : $"{name} is {value:N0} and its minimum is {least:N0}";
}
