namespace Smpi.Tests;

public sealed class PumpedLoopTests
{
    [Fact]
    public void Nothing_runs_until_the_loop_is_pumped()
    {
        using var loop = new PumpedLoop();
        int thread = 0;
        loop.Post(new Work(() => thread = Environment.CurrentManagedThreadId));
        Assert.Equal((0, 1), (thread, loop.Pending));
        Assert.Equal(1, loop.RunPending());
        Assert.Equal(Environment.CurrentManagedThreadId, thread);
        Assert.Equal(0, loop.RunPending(TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void A_budget_stops_the_pump_and_tells_lanes_to_yield()
    {
        var clock = new TickClock();
        using var loop = new PumpedLoop(clock);
        var yields = new List<bool>();
        for (int i = 0; i < 10; i++)
        {
            loop.Post(new Work(() =>
            {
                clock.Move(TimeSpan.FromMilliseconds(1));
                yields.Add(loop.ShouldYield);
            }));
        }

        Assert.Equal(4, loop.RunPending(TimeSpan.FromMilliseconds(4)));
        Assert.Equal([false, false, false, true], yields);
        Assert.False(loop.ShouldYield);
        Assert.Equal(1, loop.RunPending(TimeSpan.Zero));
        Assert.Equal(5, loop.RunPending(TimeSpan.MaxValue));
    }

    [Fact]
    public void Without_a_budget_each_lane_has_a_slice_of_its_own()
    {
        var clock = new TickClock();
        using var loop = new PumpedLoop(clock);
        var yields = new List<bool>();
        for (int i = 0; i < 2; i++)
        {
            loop.Post(new Work(() =>
            {
                yields.Add(loop.ShouldYield);
                clock.Move(TimeSpan.FromMilliseconds(8));
                yields.Add(loop.ShouldYield);
            }));
        }

        Assert.Equal(2, loop.RunPending());
        Assert.Equal([false, true, false, true], yields);
        Assert.False(loop.ShouldYield);
    }

    [Fact]
    public void Work_that_posts_itself_does_not_hold_the_pump()
    {
        using var loop = new PumpedLoop();
        int runs = 0;
        Work? work = null;
        work = new Work(() =>
        {
            runs++;
            loop.Post(work!);
        });
        loop.Post(work);
        Assert.Equal(1, loop.RunPending());
        Assert.Equal((1, 1), (runs, loop.Pending));
    }

    [Fact]
    public async Task An_await_in_a_handler_comes_back_to_the_pump()
    {
        using var loop = new PumpedLoop();
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        SynchronizationContext? outer = SynchronizationContext.Current;
        var threads = new List<int>();
        async void Handle()
        {
            await gate.Task;
            threads.Add(Environment.CurrentManagedThreadId);
        }

        loop.Post(new Work(Handle));
        loop.RunPending();
        Assert.Same(outer, SynchronizationContext.Current);
        gate.SetResult();
        Assert.True(await Task.Run(() => loop.WaitForWork(Work.Patience)));
        int pump = Environment.CurrentManagedThreadId;
        Assert.Equal(1, loop.RunPending());
        Assert.Equal([pump], threads);
    }

    [Fact]
    public void Posting_and_pumping_allocate_nothing()
    {
        using var loop = new PumpedLoop();
        var work = new Work(() => { });
        void Round()
        {
            for (int i = 0; i < 100; i++) loop.Post(work);
            loop.RunPending(TimeSpan.FromMinutes(1));
        }

        Round();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++) Round();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public async Task Waiting_for_work_by_another_clock_ends_with_its_timer_and_with_work()
    {
        using var loop = new PumpedLoop(new TickClock());
        Assert.False(loop.WaitForWork(TimeSpan.FromMilliseconds(1)));
        Task<bool> wait = Task.Run(() => loop.WaitForWork(Timeout.InfiniteTimeSpan));
        loop.Post(new Work(() => { }));
        Assert.True(await wait.WaitAsync(Work.Patience));
    }

    [Fact]
    public void Waiting_for_work_allocates_nothing()
    {
        using var loop = new PumpedLoop();
        loop.WaitForWork(TimeSpan.FromMilliseconds(1));
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 10; i++) Assert.False(loop.WaitForWork(TimeSpan.FromMilliseconds(1)));
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Throws<ArgumentOutOfRangeException>(() => loop.WaitForWork(TimeSpan.FromSeconds(-2)));
    }

    [Fact]
    public async Task Waiting_for_work_ends_with_work_with_time_and_with_disposal()
    {
        using var loop = new PumpedLoop();
        Assert.False(loop.WaitForWork(TimeSpan.Zero));
        Assert.False(loop.WaitForWork(TimeSpan.FromMilliseconds(1)));
        Task<bool> wait = Task.Run(() => loop.WaitForWork(Timeout.InfiniteTimeSpan));
        loop.Post(new Work(() => { }));
        Assert.True(await wait.WaitAsync(Work.Patience));
        loop.RunPending();
        wait = Task.Run(() => loop.WaitForWork(Timeout.InfiniteTimeSpan));
        loop.Dispose();
        Assert.False(await wait.WaitAsync(Work.Patience));
    }

    [Fact]
    public void Disposal_refuses_new_work_and_leaves_what_waits_to_the_pump()
    {
        var loop = new PumpedLoop();
        bool ran = false;
        loop.Post(new Work(() => ran = true));
        loop.Dispose();
        Assert.Throws<ObjectDisposedException>(() => loop.Post(new Work(() => { })));
        Assert.Equal(1, loop.RunPending());
        Assert.True(ran);
    }

    [Fact]
    public void Pumping_from_a_handler_is_refused_and_a_failure_leaves_the_loop_usable()
    {
        using var loop = new PumpedLoop();
        loop.Post(new Work(() => loop.RunPending()));
        loop.Post(new Work(() => { }));
        Assert.Throws<InvalidOperationException>(() => loop.RunPending());
        Assert.Equal(1, loop.RunPending());
    }
}
