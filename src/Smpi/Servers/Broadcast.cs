namespace Smpi;

/// <summary>One event on its way to one of many peers.</summary>
internal readonly record struct Broadcast(string Subject, EncodedBody Body, BroadcastOptions Options);
