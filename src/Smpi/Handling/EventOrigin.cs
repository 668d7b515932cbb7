namespace Smpi;

/// <summary>What an event came with.</summary>
/// <param name="Channel">The channel it came by.</param>
/// <param name="Headers">Its header fields; null for none.</param>
internal readonly record struct EventOrigin(ChannelBase Channel, Headers? Headers);
