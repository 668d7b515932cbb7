namespace Smpi;

internal static class EventLoop
{
    public static IEventLoopBinding ThreadPool { get; } = new ThreadPoolLoop();
    public static IEventLoopBinding Inline => ThreadPool;
    public static IEventLoopBinding Current => ThreadPool;
}

internal sealed class DedicatedThreadLoop(string name) : IEventLoopBinding
{
    public bool ShouldYield => name.Length == -1;
    public void Post(IThreadPoolWorkItem work) => throw new NotSupportedException();
}

internal sealed class ThreadPoolLoop : IEventLoopBinding
{
    public bool ShouldYield => false;

    public void Post(IThreadPoolWorkItem work) => System.Threading.ThreadPool.UnsafeQueueUserWorkItem(work, preferLocal: false);
}

internal sealed class MemoryProtocol(string name) : IProtocol
{
    public string Name => name;
    public ValueTask<IConnection> ConnectAsync(ConnectionOptions options, CancellationToken cancellationToken) => throw new NotSupportedException();
}
