namespace Smpi;

/// <summary>How an event is sent to many peers.</summary>
public sealed record BroadcastOptions
{
    /// <summary>The defaults.</summary>
    public static BroadcastOptions Default { get; } = new();

    /// <summary>What to do with a slow peer.</summary>
    public WhenSlow WhenSlow { get; init; }

    /// <summary>Header fields to send along, where the format has headers; null for none.</summary>
    public Headers? Headers { get; init; }
}
