namespace Smpi.Tests;

/// <summary>An event loop that runs, and whether the caller is on it.</summary>
internal sealed class LoopHost : IAsyncDisposable
{
    private readonly Func<bool> _isHere;
    private readonly Func<ValueTask> _end;

    private LoopHost(IEventLoopBinding loop, Func<bool> isHere, Func<ValueTask> end) => (Loop, _isHere, _end) = (loop, isHere, end);

    public IEventLoopBinding Loop { get; }

    public bool IsHere => _isHere();

    public static LoopHost Start(string kind) => kind switch
    {
        "pumped" => Pumped(),
        "thread" => Dedicated(),
        "context" => Window(),
        _ => Scheduler(),
    };

    public ValueTask DisposeAsync() => _end();

    private static LoopHost Pumped()
    {
        var loop = new PumpedLoop();
        bool over = false;
        var thread = new Thread(() =>
        {
            while (!Volatile.Read(ref over))
            {
                if (loop.WaitForWork(Timeout.InfiniteTimeSpan)) loop.RunPending(TimeSpan.FromMilliseconds(4));
            }
        })
        {
            IsBackground = true,
        };
        thread.Start();
        return new LoopHost(loop, () => Thread.CurrentThread == thread, () =>
        {
            Volatile.Write(ref over, true);
            loop.Dispose();
            thread.Join();
            return default;
        });
    }

    private static LoopHost Dedicated()
    {
        var loop = new DedicatedThreadLoop();
        return new LoopHost(loop, () => loop.IsCurrent, loop.DisposeAsync);
    }

    private static LoopHost Window()
    {
        var window = new UiThread();
        return new LoopHost(EventLoop.From(window), () => window.IsHere, () =>
        {
            window.Dispose();
            return default;
        });
    }

    private static LoopHost Scheduler()
    {
        var pair = new ConcurrentExclusiveSchedulerPair();
        return new LoopHost(EventLoop.From(pair.ExclusiveScheduler), () => TaskScheduler.Current == pair.ExclusiveScheduler, () =>
        {
            pair.Complete();
            return default;
        });
    }
}
