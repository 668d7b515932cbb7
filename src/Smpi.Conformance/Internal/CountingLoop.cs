using System.Runtime.CompilerServices;

namespace Smpi.Conformance;

/// <summary>A loop that counts how often each piece of work waits in the loop below.</summary>
internal sealed class CountingLoop(IEventLoopBinding inner) : IEventLoopBinding
{
    private readonly ConditionalWeakTable<IThreadPoolWorkItem, Counted> _lanes = [];
    private int _most;
    private int _posts;

    public bool ShouldYield => inner.ShouldYield;

    /// <summary>The most posts of one piece of work that were outstanding at once.</summary>
    public int Most => Volatile.Read(ref _most);

    public int Posts => Volatile.Read(ref _posts);

    public void Post(IThreadPoolWorkItem work)
    {
        Interlocked.Increment(ref _posts);
        Counted counted = _lanes.GetValue(work, static item => new Counted(item));
        int waiting = counted.Add();
        lock (_lanes) _most = Math.Max(_most, waiting);
        inner.Post(counted);
    }

    private sealed class Counted(IThreadPoolWorkItem work) : IThreadPoolWorkItem
    {
        private int _waiting;

        public int Add() => Interlocked.Increment(ref _waiting);

        public void Execute()
        {
            Interlocked.Decrement(ref _waiting);
            work.Execute();
        }
    }
}
