namespace Smpi;

/// <summary>One piece of work in a lane. It is in at most one lane at a time, so the queue needs no nodes of its own.</summary>
internal abstract class LaneItem
{
    internal LaneItem? NextInLane { get; set; }

    /// <summary>Does the work. Never throws.</summary>
    public abstract void Run();

    /// <summary>Called instead of <see cref="Run"/> when the event loop takes no more work.</summary>
    /// <param name="error">What the loop said.</param>
    public abstract void Refuse(ObjectDisposedException error);
}
