namespace Smpi.Conformance;

/// <summary>What holds for every event loop.</summary>
public abstract class EventLoopConformance
{
    /// <summary>Makes the loop under test.</summary>
    protected abstract LoopDriver CreateLoop();

    [Fact]
    public async Task Every_post_runs_exactly_once()
    {
        await using LoopDriver driver = CreateLoop();
        int[] runs = new int[1000];
        int ran = 0;
        for (int post = 0; post < runs.Length; post++)
        {
            int own = post;
            driver.Loop.Post(new LoopWork(() =>
            {
                Interlocked.Increment(ref runs[own]);
                Interlocked.Increment(ref ran);
            }));
        }

        await DriveAsync(driver, () => Volatile.Read(ref ran) == runs.Length);
        Assert.All(runs, run => Assert.Equal(1, run));
    }

    [Fact]
    public async Task Serial_loops_keep_the_order_of_posts_and_never_overlap()
    {
        await using LoopDriver driver = CreateLoop();
        List<int> order = [];
        int running = 0, most = 0, ran = 0;
        for (int post = 0; post < 500; post++)
        {
            int own = post;
            driver.Loop.Post(new LoopWork(() =>
            {
                int now = Interlocked.Increment(ref running);
                lock (order)
                {
                    most = Math.Max(most, now);
                    order.Add(own);
                }

                Interlocked.Decrement(ref running);
                Interlocked.Increment(ref ran);
            }));
        }

        await DriveAsync(driver, () => Volatile.Read(ref ran) == 500);
        if (driver.IsSerial) Assert.Equal(1, most);
        Assert.Equal(Enumerable.Range(0, 500), driver.IsSerial ? order : order.Order());
    }

    [Fact]
    public async Task Work_that_posts_is_not_entered_again()
    {
        await using LoopDriver driver = CreateLoop();
        bool inside = false, entered = false;
        int turns = 0;
        LoopWork? work = null;
        work = new LoopWork(() =>
        {
            entered |= inside;
            inside = true;
            if (Interlocked.Increment(ref turns) < 200) driver.Loop.Post(new LoopWork(() => { }));
            inside = false;
            if (Volatile.Read(ref turns) < 200) driver.Loop.Post(work!);
        });
        driver.Loop.Post(work);
        await DriveAsync(driver, () => Volatile.Read(ref turns) == 200);
        Assert.False(entered);
    }

    [Fact]
    public async Task A_post_runs_nothing_inside_unless_the_loop_is_inline()
    {
        await using LoopDriver driver = CreateLoop();
        int thread = Environment.CurrentManagedThreadId;
        bool posting = false, inside = false;
        int ran = 0;
        for (int post = 0; post < 50; post++)
        {
            Volatile.Write(ref posting, true);
            driver.Loop.Post(new LoopWork(() =>
            {
                if (Volatile.Read(ref posting) && Environment.CurrentManagedThreadId == thread) inside = true;
                Interlocked.Increment(ref ran);
            }));
            Volatile.Write(ref posting, false);
        }

        int sofar = Volatile.Read(ref ran);
        if (driver.IsInline) Assert.Equal(50, sofar);
        await DriveAsync(driver, () => Volatile.Read(ref ran) == 50);
        Assert.Equal(driver.IsInline, inside);
    }

    [Fact]
    public async Task Posts_of_many_threads_all_run()
    {
        await using LoopDriver driver = CreateLoop();
        int ran = 0;
        Task posting = Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            for (int post = 0; post < 500; post++) driver.Loop.Post(new LoopWork(() => Interlocked.Increment(ref ran)));
        })));
        await DriveAsync(driver, () => Volatile.Read(ref ran) == 4000);
        await posting.Soon();
        Assert.Equal(4000, ran);
    }

    [Fact]
    public async Task A_loop_that_ended_refuses_work_typed_or_never_ends()
    {
        await using LoopDriver driver = CreateLoop();
        int ran = 0;
        driver.Loop.Post(new LoopWork(() => Interlocked.Increment(ref ran)));
        await DriveAsync(driver, () => Volatile.Read(ref ran) == 1);
        if (await driver.EndAsync())
        {
            Assert.Throws<ObjectDisposedException>(() => driver.Loop.Post(new LoopWork(() => Interlocked.Increment(ref ran))));
            Assert.Equal(1, ran);
        }
        else
        {
            driver.Loop.Post(new LoopWork(() => Interlocked.Increment(ref ran)));
            await DriveAsync(driver, () => Volatile.Read(ref ran) == 2);
        }
    }

    [Fact]
    public async Task A_channel_on_the_loop_works_and_has_one_post_outstanding_in_each_lane()
    {
        await using LoopDriver driver = CreateLoop();
        var counting = new CountingLoop(driver.Loop);
        var network = new MemoryNetwork();
        var encoding = new LoopEncoding();
        var setup = new ChannelSetup(
            server => server.ListenMemory("loop", network).UseEncoding(encoding).RunOn(counting),
            (client, _) => client.UseMemory("loop", network).UseEncoding(encoding).RunOn(counting));
        Task core = Task.Run(() => ChannelCore.RunAsync(setup));
        await DriveAsync(driver, () => core.IsCompleted);
        await core;
        Assert.True(counting.Posts > 0);
        Assert.Equal(1, counting.Most);
    }

    private static Task DriveAsync(LoopDriver driver, Func<bool> done) => Patience.UntilAsync(() =>
    {
        driver.Drive();
        return done();
    });
}
