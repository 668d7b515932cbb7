namespace Smpi;

/// <summary>Stand-in.</summary>
internal sealed class ThreadPoolLoop : IEventLoopBinding
{
    public bool ShouldYield => false;

    public void Post(IThreadPoolWorkItem work) => ThreadPool.UnsafeQueueUserWorkItem(work, preferLocal: false);
}
