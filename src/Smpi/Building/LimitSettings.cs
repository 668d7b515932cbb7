namespace Smpi;

/// <summary>The limits by name.</summary>
internal static class LimitSettings
{
    private static readonly Dictionary<string, Func<SmpiLimits, string, SmpiLimits>> Table = new(StringComparer.OrdinalIgnoreCase)
    {
        [nameof(SmpiLimits.MessageSize)] = (limits, text) => limits with { MessageSize = Units.Size(nameof(SmpiLimits.MessageSize), text) },
        [nameof(SmpiLimits.HelloSize)] = (limits, text) => limits with { HelloSize = Units.Size(nameof(SmpiLimits.HelloSize), text) },
        [nameof(SmpiLimits.HeaderSize)] = (limits, text) => limits with { HeaderSize = Units.Size(nameof(SmpiLimits.HeaderSize), text) },
        [nameof(SmpiLimits.HeaderCount)] = (limits, text) => limits with { HeaderCount = Units.Count(nameof(SmpiLimits.HeaderCount), text) },
        [nameof(SmpiLimits.NameSize)] = (limits, text) => limits with { NameSize = Units.Size(nameof(SmpiLimits.NameSize), text) },
        [nameof(SmpiLimits.StreamWindow)] = (limits, text) => limits with { StreamWindow = Units.Size(nameof(SmpiLimits.StreamWindow), text) },
        [nameof(SmpiLimits.MaxStreamWindow)] = (limits, text) => limits with { MaxStreamWindow = Units.Size(nameof(SmpiLimits.MaxStreamWindow), text) },
        [nameof(SmpiLimits.ConnectionWindow)] = (limits, text) => limits with { ConnectionWindow = Units.Size(nameof(SmpiLimits.ConnectionWindow), text) },
        [nameof(SmpiLimits.Calls)] = (limits, text) => limits with { Calls = Units.Count(nameof(SmpiLimits.Calls), text) },
        [nameof(SmpiLimits.Streams)] = (limits, text) => limits with { Streams = Units.Count(nameof(SmpiLimits.Streams), text) },
        [nameof(SmpiLimits.Subscriptions)] = (limits, text) => limits with { Subscriptions = Units.Count(nameof(SmpiLimits.Subscriptions), text) },
        [nameof(SmpiLimits.InFlightSize)] = (limits, text) => limits with { InFlightSize = Units.Size(nameof(SmpiLimits.InFlightSize), text) },
        [nameof(SmpiLimits.ListenerInFlightSize)] = (limits, text) => limits with { ListenerInFlightSize = Units.Size(nameof(SmpiLimits.ListenerInFlightSize), text) },
        [nameof(SmpiLimits.SendQueue)] = (limits, text) => limits with { SendQueue = Units.Size(nameof(SmpiLimits.SendQueue), text) },
        [nameof(SmpiLimits.Depth)] = (limits, text) => limits with { Depth = Units.Count(nameof(SmpiLimits.Depth), text) },
        [nameof(SmpiLimits.Connections)] = (limits, text) => limits with { Connections = Units.Count(nameof(SmpiLimits.Connections), text) },
        [nameof(SmpiLimits.PendingHandshakes)] = (limits, text) => limits with { PendingHandshakes = Units.Count(nameof(SmpiLimits.PendingHandshakes), text) },
        [nameof(SmpiLimits.StrayReplies)] = (limits, text) => limits with { StrayReplies = Units.Count(nameof(SmpiLimits.StrayReplies), text) },
        [nameof(SmpiLimits.HandshakeTimeout)] = (limits, text) => limits with { HandshakeTimeout = Units.Duration(nameof(SmpiLimits.HandshakeTimeout), text) },
        [nameof(SmpiLimits.CloseTimeout)] = (limits, text) => limits with { CloseTimeout = Units.Duration(nameof(SmpiLimits.CloseTimeout), text) },
        [nameof(SmpiLimits.DrainTimeout)] = (limits, text) => limits with { DrainTimeout = Units.Duration(nameof(SmpiLimits.DrainTimeout), text) },
        [nameof(SmpiLimits.LeastDataRate)] = (limits, text) => limits with { LeastDataRate = Units.Size(nameof(SmpiLimits.LeastDataRate), text) },
        [nameof(SmpiLimits.HeartbeatInterval)] = (limits, text) => limits with { HeartbeatInterval = Units.Duration(nameof(SmpiLimits.HeartbeatInterval), text) },
        [nameof(SmpiLimits.HeartbeatTimeout)] = (limits, text) => limits with { HeartbeatTimeout = Units.Duration(nameof(SmpiLimits.HeartbeatTimeout), text) },
    };

    public static IEnumerable<string> Keys => Table.Keys;

    /// <summary>The limits with one of them changed; null when there is no such limit.</summary>
    public static SmpiLimits? TryApply(SmpiLimits limits, string key, string text) => Table.GetValueOrDefault(key)?.Invoke(limits, text);
}
