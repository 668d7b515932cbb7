namespace Smpi;

/// <summary>What the streams of one direction of a connection owe together: each may exceed its credit by the message it began last.</summary>
/// <remarks>
/// The receiver refuses a message that exceeds its credit while the others owe the limit already. A sender therefore counts a debt before the message that makes it is
/// written: <see cref="TryTake"/> where the size is known, and otherwise inside <see cref="Order"/>, so that messages are written in the order in which they were checked.
/// </remarks>
/// <param name="limit">Bytes that may be owed together before one more message may add to it: the connection's window.</param>
internal sealed class Overdrafts(int limit)
{
    // Guards _changed.
    private readonly Lock _gate = new();
    private TaskCompletionSource? _changed;
    private long _total;

    /// <summary>Held from the check to the end of the write of a message whose size is not known before.</summary>
    public Lock Order { get; } = new();

    /// <summary>Whether no further message may exceed its credit.</summary>
    public bool IsFull => Volatile.Read(ref _total) >= limit;

    /// <summary>Counts a debt that leaves the total below the limit.</summary>
    public bool TryTake(long bytes)
    {
        if (Interlocked.Add(ref _total, bytes) < limit) return true;
        Return(bytes);
        return false;
    }

    /// <summary>Counts a debt.</summary>
    public void Take(long bytes) => Interlocked.Add(ref _total, bytes);

    /// <summary>Ends a debt, or a part of it.</summary>
    public void Return(long bytes)
    {
        Interlocked.Add(ref _total, -bytes);
        Wake();
    }

    /// <summary>Lets those who wait look again.</summary>
    public void Wake()
    {
        if (Volatile.Read(ref _changed) is null) return;
        TaskCompletionSource? changed;
        lock (_gate) (changed, _changed) = (_changed, null);
        changed?.TrySetResult();
    }

    /// <summary>What ends when something was returned after this call, or a stream got credit. Look once more before awaiting it.</summary>
    public Task ChangedAsync()
    {
        lock (_gate)
        {
            Volatile.Write(ref _changed, _changed ?? new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            return _changed.Task;
        }
    }
}
