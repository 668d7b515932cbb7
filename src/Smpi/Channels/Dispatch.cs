namespace Smpi;

/// <summary>How the calls of a peer are brought to the event loop.</summary>
public enum Dispatch : byte
{
    /// <summary>One piece of work for a batch of calls: they start in order. The default, and the fastest.</summary>
    PerBatch = 0,

    /// <summary>One piece of work per call, for handlers that block their thread: calls of one peer may start out of order.</summary>
    PerCall = 1,
}
