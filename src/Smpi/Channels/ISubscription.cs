namespace Smpi;

/// <summary>A subscription to events. Disposing it ends it; an event that is being handled is handled to its end.</summary>
public interface ISubscription : IDisposable
{
    /// <summary>Events that were dropped because the handler was slow.</summary>
    long Dropped { get; }

    /// <summary>Exceptions that the handler threw.</summary>
    long Failed { get; }

    /// <summary>Ends when the subscription is disposed, and fails when it overflowed with <see cref="WhenFull.Fail"/>.</summary>
    Task Completion { get; }
}
