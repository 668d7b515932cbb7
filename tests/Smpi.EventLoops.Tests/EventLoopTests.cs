namespace Smpi.Tests;

public sealed class EventLoopTests
{
    private static readonly AsyncLocal<string?> Ambient = new();

    [Fact]
    public async Task The_thread_pool_runs_work_elsewhere_without_the_posters_context()
    {
        Ambient.Value = "poster";
        (bool pool, string? ambient) = await Work.RunAsync(EventLoop.ThreadPool, () => (Thread.CurrentThread.IsThreadPoolThread, Ambient.Value));
        Assert.True(pool);
        Assert.Null(ambient);
        Assert.False(EventLoop.ThreadPool.ShouldYield);
    }

    [Fact]
    public void Inline_runs_inside_the_post_and_what_is_posted_meanwhile_right_after()
    {
        var order = new List<string>();
        EventLoop.Inline.Post(new Work(() =>
        {
            EventLoop.Inline.Post(new Work(() => order.Add("second")));
            order.Add("first");
        }));
        Assert.Equal(["first", "second"], order);
    }

    [Fact]
    public void Inline_does_not_recurse_when_work_posts_itself()
    {
        int runs = 0;
        Work? work = null;
        work = new Work(() =>
        {
            if (++runs < 100_000) EventLoop.Inline.Post(work!);
        });
        EventLoop.Inline.Post(work);
        Assert.Equal(100_000, runs);
    }

    [Fact]
    public void Inline_runs_the_work_that_waits_before_a_failure_reaches_the_poster()
    {
        bool second = false;
        Assert.Throws<FormatException>(() => EventLoop.Inline.Post(new Work(() =>
        {
            EventLoop.Inline.Post(new Work(() => second = true));
            throw new FormatException();
        })));
        Assert.True(second);
        EventLoop.Inline.Post(new Work(() => second = false));
        Assert.False(second);
    }

    [Fact]
    public void Current_is_the_synchronization_context_of_the_caller()
    {
        var context = new QueueContext();
        IEventLoopBinding loop = context.Run(() => EventLoop.Current);
        bool ran = false;
        loop.Post(new Work(() => ran = true));
        Assert.False(ran);
        context.Drain();
        Assert.True(ran);
    }

    [Fact]
    public async Task Current_is_the_task_scheduler_or_the_pool_where_there_is_no_context()
    {
        using var pair = new SchedulerPair();
        IEventLoopBinding scheduled = await Task.Factory.StartNew(() => EventLoop.Current, CancellationToken.None, TaskCreationOptions.None, pair.Scheduler);
        Assert.Same(pair.Scheduler, await Work.RunAsync(scheduled, () => TaskScheduler.Current));
        Assert.Same(EventLoop.ThreadPool, await Task.Run(() => EventLoop.Current));
    }

    [Fact]
    public async Task A_task_scheduler_runs_work_without_the_posters_context()
    {
        using var pair = new SchedulerPair();
        Ambient.Value = "poster";
        Assert.Null(await Work.RunAsync(EventLoop.From(pair.Scheduler), () => Ambient.Value));
        Assert.Equal("poster", Ambient.Value);
    }

    [Fact]
    public void A_context_that_refuses_work_says_so_as_an_ended_loop()
    {
        IEventLoopBinding loop = EventLoop.From(new QueueContext { Refuses = true });
        var error = Assert.Throws<ObjectDisposedException>(() => loop.Post(new Work(() => { })));
        Assert.Contains("takes no more work", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Posting_to_a_context_allocates_nothing()
    {
        var context = new QueueContext();
        IEventLoopBinding loop = EventLoop.From(context);
        var work = new Work(() => { });
        void Round()
        {
            for (int i = 0; i < 10; i++) loop.Post(work);
            context.Drain();
        }

        Round();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++) Round();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void A_lane_on_a_context_yields_after_its_slice()
    {
        var clock = new TickClock();
        var context = new QueueContext();
        var loop = new SynchronizationContextLoop(context, clock);
        var seen = new List<bool>();
        loop.Post(new Work(() =>
        {
            seen.Add(loop.ShouldYield);
            clock.Move(TimeSpan.FromMilliseconds(8));
            seen.Add(loop.ShouldYield);
        }));
        context.Drain();
        Assert.Equal([false, true], seen);
    }
}
