namespace Smpi;

internal sealed class ThreadPoolLoop : IEventLoopBinding
{
    public bool ShouldYield => false;

    public void Post(IThreadPoolWorkItem work) => ThreadPool.UnsafeQueueUserWorkItem(work, preferLocal: false);

    public override string ToString() => "the thread pool";
}
