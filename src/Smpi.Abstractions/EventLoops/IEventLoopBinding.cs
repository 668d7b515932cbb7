namespace Smpi;

/// <summary>Where handlers, events and completions run.</summary>
/// <remarks>Each lane of a channel is a reusable work item with at most one post outstanding, so a loop's queue is bounded by the number of lanes.</remarks>
public interface IEventLoopBinding
{
    /// <summary>Runs the work soon. Never blocks, never runs it inside this call unless the loop is inline, and allocates nothing.</summary>
    /// <param name="work">The lane to run.</param>
    /// <exception cref="ObjectDisposedException">The loop has ended and takes no more work; the calls concerned fail, typed.</exception>
    void Post(IThreadPoolWorkItem work);

    /// <summary>True when a long lane should post itself again and return, so that a frame budget holds.</summary>
    bool ShouldYield { get; }
}
