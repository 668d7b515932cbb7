using System.Diagnostics;
using System.Net.Sockets;
using Smpi.TestChild;

namespace Smpi.System.Tests;

public sealed class LossTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Killing_the_peer_ends_a_thousand_calls_within_fifty_milliseconds_of_the_notice()
    {
        // Other processes on the machine may hold a thread back: the best of a few counts.
        TimeSpan best = TimeSpan.MaxValue;
        for (int round = 0; round < 5 && best > TimeSpan.FromMilliseconds(50); round++)
        {
            TimeSpan took = await KillAsync();
            if (took < best) best = took;
        }

        Assert.True(best <= TimeSpan.FromMilliseconds(50), $"It took {best.TotalMilliseconds:0.0} ms.");
    }

    [Fact]
    public async Task Connecting_and_closing_leaves_nothing_behind()
    {
        await using ISmpiServer server = await SmpiServer.ListenAsync("tcp://127.0.0.1:0", builder => builder.Handle((Echo echo) => new Echoed(echo.Text, 0)));
        await CycleAsync(server, 20);
        int before = Descriptors();
        await CycleAsync(server, 200);
        await TestWait.UntilAsync(() => server.Peers.Count == 0);
        await TestWait.UntilAsync(() => Descriptors() <= before + 10);
    }

    [Fact]
    public async Task A_peer_that_stops_reading_does_not_grow_its_publisher()
    {
        await using ISmpiServer server = await SmpiServer.ListenAsync("tcp://127.0.0.1:0", _ => { });
        var wire = new WireControl();
        await using ISmpiChannel channel = await SmpiChannel.ConnectAsync(server.Address, builder => builder.UseLayer(wire.Layer));
        await TestWait.UntilAsync(() => server.Peers.Count == 1);
        ISmpiPeer peer = server.Peers.Single();
        wire.Stall(WireDirection.Incoming);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        byte[] octets = new byte[1000];
        using var stop = new CancellationTokenSource();
        int sent = 0;
        Task publishing = Task.WhenAll(Enumerable.Range(0, 100).Select(async _ =>
        {
            while (true)
            {
                await peer.PublishAsync("noise", new RawBody(octets), null, stop.Token);
                Interlocked.Increment(ref sent);
            }
        }));

        // It has stopped for good when nothing more goes out while the clock moves on.
        int last = -1;
        await TestWait.UntilAsync(() => Volatile.Read(ref sent) == Interlocked.Exchange(ref last, Volatile.Read(ref sent)) && last > 0);
        Assert.InRange(sent, 1, 4000);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 8 << 20);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => publishing.WaitAsync(Soon));
        wire.Resume();
    }

    private static async Task<TimeSpan> KillAsync()
    {
        using ServerProcess server = await ServerProcess.StartAsync("tcp://127.0.0.1:0");
        await using ISmpiChannel channel = await SmpiChannel.ConnectAsync(server.Address, builder => builder.WithReconnect(new ReconnectOptions { Enabled = false }));
        await channel.RequestAsync(new Echo("warm"));
        using var witness = new TcpClient();
        await witness.ConnectAsync("127.0.0.1", new Uri(server.Address).Port);
        Task<long> noticed = Task.Factory.StartNew(() => Notice(witness), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        Task<Echoed>[] calls = [.. Enumerable.Range(0, 1000).Select(_ => channel.RequestAsync(new Hang()).AsTask())];
        Task ended = Task.WhenAll(calls).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        Task<long> last = ended.ContinueWith(_ => Stopwatch.GetTimestamp(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        server.Kill();
        TimeSpan took = Stopwatch.GetElapsedTime(await noticed.WaitAsync(Soon), await last.WaitAsync(Soon));
        foreach (Task<Echoed> call in calls)
        {
            ChannelClosedException error = await Assert.ThrowsAsync<ChannelClosedException>(() => call);
            Assert.Equal(ErrorCode.Unavailable, error.Code);
            Assert.True(error.WasSent);
        }

        Assert.Equal(0, channel.Status.PendingCalls);
        return took;
    }

    // The witness sees what the channel's own socket sees: the end of a connection to the same process.
    private static long Notice(TcpClient witness)
    {
        try
        {
            byte[] octets = new byte[4096];
            while (witness.Client.Receive(octets) > 0)
            {
            }
        }
        catch (SocketException)
        {
            // The end may come as a reset.
        }

        return Stopwatch.GetTimestamp();
    }

    private static async Task CycleAsync(ISmpiServer server, int count)
    {
        for (int number = 0; number < count; number++)
        {
            await using ISmpiChannel channel = await SmpiChannel.ConnectAsync(server.Address);
            Assert.Equal("x", (await channel.RequestAsync(new Echo("x")).AsTask().WaitAsync(Soon)).Text);
        }
    }

    private static int Descriptors() => Directory.GetFiles("/proc/self/fd").Length;
}
