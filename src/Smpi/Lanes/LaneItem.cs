namespace Smpi;

/// <summary>One piece of work in a lane. It is in at most one lane at a time, so the queue needs no nodes of its own.</summary>
internal abstract class LaneItem
{
    private bool _isPending;

    internal LaneItem? NextInLane { get; set; }

    /// <summary>Whether the item cannot run yet, and holds up those behind it, until this is false and the lane is kicked.</summary>
    internal bool IsPending
    {
        get => Volatile.Read(ref _isPending);
        set => Volatile.Write(ref _isPending, value);
    }

    /// <summary>How often the item runs before it runs for the last time and leaves the lane. Changed by who alone sees it, or within the lane's gate.</summary>
    internal int Repeats { get; set; }

    /// <summary>Does the work. Never throws.</summary>
    public abstract void Run();

    /// <summary>Called instead of <see cref="Run"/> when the event loop takes no more work.</summary>
    /// <param name="error">What the loop said.</param>
    public abstract void Refuse(ObjectDisposedException error);

    /// <summary>Runs or refuses, and stays in the lane; only for items that repeat.</summary>
    public virtual void Repeat(bool refused) => throw new InvalidOperationException("This item runs once.");

    /// <summary>Takes over what waits directly behind; within the lane's gate. False when each keeps its own place.</summary>
    public virtual bool TryJoin(LaneItem next) => false;

    /// <summary>Called when another item has joined this one, which is in no lane any more.</summary>
    public virtual void Joined()
    {
    }
}
