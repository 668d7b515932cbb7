namespace Smpi;

/// <summary>Says that a subscriber lost events.</summary>
/// <param name="Lost">How many since the last gap; null when it cannot be known, because the connection was away.</param>
/// <param name="Reason">Why, one sentence.</param>
public readonly record struct EventGap(long? Lost, string Reason);
