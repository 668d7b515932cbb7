namespace Smpi;

/// <summary>Mutual exclusion for a handful of instructions: one atomic operation, where a lock takes two and a look at the thread.</summary>
/// <remarks>What it guards must neither wait, nor call user code, nor throw, nor enter the same gate again. It is a mutable struct: a field that is not readonly.</remarks>
internal struct Gate
{
    private int _taken;

    public void Enter()
    {
        if (Interlocked.Exchange(ref _taken, 1) != 0) Wait();
    }

    /// <summary>Enters unless somebody is inside.</summary>
    public bool TryEnter() => Volatile.Read(ref _taken) == 0 && Interlocked.Exchange(ref _taken, 1) == 0;

    public void Exit() => Volatile.Write(ref _taken, 0);

    // The holder is done within nanoseconds, unless its thread was taken off its processor: then waiting means to yield.
    private void Wait()
    {
        var spin = default(SpinWait);
        do spin.SpinOnce();
        while (Volatile.Read(ref _taken) != 0 || Interlocked.Exchange(ref _taken, 1) != 0);
    }
}
