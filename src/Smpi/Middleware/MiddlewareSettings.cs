namespace Smpi;

/// <summary>What runs around calls, outermost first.</summary>
public sealed class MiddlewareSettings
{
    /// <summary>Around the calls of the peer: it is given the call and what comes next, and refuses by throwing.</summary>
    public IList<Func<CallContext, Func<Task>, Task>> Incoming { get; } = [];

    /// <summary>Around the calls of this side: it may change the call's options before it goes on.</summary>
    public IList<Func<OutgoingCallContext, Func<Task>, Task>> Outgoing { get; } = [];
}
