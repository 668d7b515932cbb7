namespace Smpi;

/// <summary>The event loops that need no object of their own. Others: <see cref="DedicatedThreadLoop"/> and <see cref="PumpedLoop"/>.</summary>
public static class EventLoop
{
    /// <summary>Runs work at once, on the thread that posts it. Work that is posted meanwhile on that thread runs right after, so posting never recurses.</summary>
    /// <remarks>
    /// Handlers and continuations then run on the thread that reads the connection, which saves a change of threads and suits code that is
    /// short and never blocks. Code that blocks there, as with <see cref="Task{TResult}.Result"/> of a further call, holds up the connection
    /// until that is noticed, 10 to 30 ms; the reading then goes on on another thread, and so does what waits behind it. Each such block
    /// costs that time and a thread: await instead, or choose another loop.
    /// </remarks>
    public static IEventLoopBinding Inline { get; } = new InlineLoop();

    /// <summary>The thread pool: the default. No execution context flows.</summary>
    public static IEventLoopBinding ThreadPool { get; } = new ThreadPoolLoop();

    /// <summary>The loop of the calling code, captured now: its synchronization context, else its task scheduler, else the thread pool.</summary>
    public static IEventLoopBinding Current
    {
        get
        {
            SynchronizationContext? context = SynchronizationContext.Current;
            if (context is not null && context.GetType() != typeof(SynchronizationContext)) return From(context);
            return TaskScheduler.Current == TaskScheduler.Default ? ThreadPool : From(TaskScheduler.Current);
        }
    }

    /// <summary>Runs work on a synchronization context, such as that of a UI thread.</summary>
    /// <remarks>A lane that ran for 8 ms posts itself again, so the thread stays responsive.</remarks>
    /// <param name="context">The context; the loop of a context that a loop of Smpi installed is that loop itself.</param>
    public static IEventLoopBinding From(SynchronizationContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context is LoopContext { Owner: { } owner } ? owner : new SynchronizationContextLoop(context, TimeProvider.System);
    }

    /// <summary>Runs work on a task scheduler.</summary>
    /// <remarks>Each post makes one task: a scheduler takes nothing else.</remarks>
    /// <param name="scheduler">The scheduler.</param>
    public static IEventLoopBinding From(TaskScheduler scheduler)
    {
        ArgumentNullException.ThrowIfNull(scheduler);
        return new TaskSchedulerLoop(scheduler);
    }
}
