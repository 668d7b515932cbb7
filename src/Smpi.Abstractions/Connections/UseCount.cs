namespace Smpi;

/// <summary>Counts who uses the memory of a connection: it goes back to the pool only when it closes and neither a read nor a flush
/// can touch it.</summary>
/// <remarks>One number, so that a flush cannot begin unseen while a connection closes: the last goodbye and a flush never
/// overlap.</remarks>
internal struct UseCount
{
    // One for each read, FlushUnit for each flush, Closing from the beginning of closing on, CloserUnit until its end. Negative
    // once the memory was given back.
    private const int FlushUnit = 1 << 12;
    private const int CloserUnit = 1 << 28;
    private const int Closing = 1 << 30;

    private int _count;
    private TaskCompletionSource? _flushed;

    public void BeginRead() => Interlocked.Increment(ref _count);

    /// <summary>True when the memory is to be given back.</summary>
    public bool EndRead() => End(1);

    /// <summary>False when the connection closes; <see cref="EndFlush"/> follows all the same.</summary>
    public bool BeginFlush() => (uint)Interlocked.Add(ref _count, FlushUnit) < Closing;

    /// <summary>True when the memory is to be given back.</summary>
    public bool EndFlush() => End(FlushUnit);

    /// <summary>Lets no further flush begin; called once, before <see cref="Close"/>.</summary>
    /// <returns>Ends when the flush that is under way has ended.</returns>
    public Task BeginClosing()
    {
        var flushed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _flushed, flushed);
        if (!HasFlush(Interlocked.Add(ref _count, Closing + CloserUnit))) flushed.TrySetResult();
        return flushed.Task;
    }

    /// <summary>True when the memory is to be given back; called once.</summary>
    public bool Close()
    {
        if (_flushed is not null) return End(CloserUnit);
        Interlocked.Add(ref _count, Closing + CloserUnit);
        return End(CloserUnit);
    }

    private static bool HasFlush(int count) => (count & (CloserUnit - 1)) >= FlushUnit;

    private bool End(int unit)
    {
        int left = Interlocked.Add(ref _count, -unit);
        if (left < Closing) return false;
        if (!HasFlush(left)) Volatile.Read(ref _flushed)?.TrySetResult();
        return left == Closing && Interlocked.CompareExchange(ref _count, int.MinValue / 2, Closing) == Closing;
    }
}
