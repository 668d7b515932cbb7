namespace Smpi.Tests;

public sealed class DedicatedThreadLoopTests
{
    [Fact]
    public async Task Work_runs_in_order_on_the_named_thread()
    {
        await using var loop = new DedicatedThreadLoop("worker");
        var order = new List<int>();
        for (int i = 0; i < 1000; i++)
        {
            int number = i;
            loop.Post(new Work(() => order.Add(number)));
        }

        (string? name, bool background, bool current) = await Work.RunAsync(loop, () => (Thread.CurrentThread.Name, Thread.CurrentThread.IsBackground, loop.IsCurrent));
        Assert.Equal(("worker", true, true), (name, background, current));
        Assert.False(loop.IsCurrent);
        Assert.Equal(Enumerable.Range(0, 1000), order);
    }

    [Fact]
    public async Task An_await_in_a_handler_comes_back_to_the_thread()
    {
        await using var loop = new DedicatedThreadLoop();
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        async Task<bool> HandleAsync()
        {
            await gate.Task;
            return loop.IsCurrent;
        }

        Task<bool> handler = await Work.RunAsync(loop, HandleAsync);
        gate.SetResult();
        Assert.True(await handler.WaitAsync(Work.Patience));
        Assert.Same(loop, await Work.RunAsync(loop, () => EventLoop.Current));
    }

    [Fact]
    public async Task Disposal_runs_what_waits_and_then_refuses_work()
    {
        var loop = new DedicatedThreadLoop("ended");
        int runs = 0;
        for (int i = 0; i < 100; i++) loop.Post(new Work(() => runs++));
        await loop.DisposeAsync().AsTask().WaitAsync(Work.Patience);
        await loop.DisposeAsync();
        Assert.Equal(100, runs);
        var error = Assert.Throws<ObjectDisposedException>(() => loop.Post(new Work(() => { })));
        Assert.Contains("'ended'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Disposal_on_the_own_thread_does_not_deadlock()
    {
        var loop = new DedicatedThreadLoop();
        Assert.True(await Work.RunAsync(loop, () => loop.DisposeAsync().IsCompleted));
        await loop.DisposeAsync().AsTask().WaitAsync(Work.Patience);
    }

    [Fact]
    public async Task A_handler_that_awaits_when_the_loop_ends_still_comes_to_its_end()
    {
        var loop = new DedicatedThreadLoop();
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        async Task<bool> HandleAsync()
        {
            await gate.Task;
            return loop.IsCurrent;
        }

        Task<bool> handler = await Work.RunAsync(loop, HandleAsync);
        await loop.DisposeAsync();
        gate.SetResult();
        Assert.False(await handler.WaitAsync(Work.Patience));
    }

    [Fact]
    public async Task A_lane_gives_way_only_when_others_wait_and_its_slice_is_over()
    {
        var clock = new TickClock();
        await using var loop = new DedicatedThreadLoop(timeProvider: clock);
        List<bool> seen = await Work.RunAsync(loop, () =>
        {
            var seen = new List<bool>();
            clock.Move(TimeSpan.FromSeconds(1));
            seen.Add(loop.ShouldYield);
            loop.Post(new Work(() => { }));
            seen.Add(loop.ShouldYield);
            return seen;
        });
        Assert.Equal([false, true], seen);
    }

    [Fact]
    public async Task Send_on_the_context_waits_for_the_thread_and_passes_failures_on()
    {
        await using var loop = new DedicatedThreadLoop();
        SynchronizationContext context = await Work.RunAsync(loop, () => SynchronizationContext.Current!);
        bool current = false;
        context.Send(_ => current = loop.IsCurrent, null);
        Assert.True(current);
        Assert.Throws<FormatException>(() => context.Send(_ => throw new FormatException(), null));
    }
}
