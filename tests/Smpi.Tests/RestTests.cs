using System.Buffers;
using System.Net;
using System.Net.Sockets;

namespace Smpi.Tests;

/// <summary>What a connection holds while nothing happens, and that it goes on as if it had never rested. Alone, because the memory of the process is measured.</summary>
[CollectionDefinition(nameof(RestTests), DisableParallelization = true)]
[Collection(nameof(RestTests))]
public sealed class RestTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(3);

    /// <summary>After a few calls a connection is at rest at once, after many when it has been silent; the framework then keeps the empty receive that was taken back, until the next one.</summary>
    [Theory]
    [InlineData(1, 5 * 1024)]
    [InlineData(20, 5 * 1024)]
    [InlineData(100, 6 * 1024)]
    public async Task A_resting_connection_costs_a_server_less_than_6_KiB(int calls, long most)
    {
        const int Count = 300;
        int handled = 0;
        var clock = new FakeClock();
        await using Pair pair = await Pair.OpenAsync(server =>
        {
            Clock(server, clock);
            server.WithLimits(limits => limits with { PendingHandshakes = 2 * Count });
            server.Handle("number", (int number, CallContext _, CancellationToken _) =>
            {
                Interlocked.Increment(ref handled);
                return new ValueTask<int>(number);
            });
        });

        // The peers are bare sockets, so that almost everything that is measured is the server's.
        byte[][] octets = Octets(calls);
        List<Socket> sockets = [];
        try
        {
            // As many before fill the pools of the process, which keep what they once had.
            await OpenAsync(Count);
            long each = long.MaxValue;
            for (int attempt = 0; attempt < 3 && each > most; attempt++)
            {
                // What other tests left in the pools of the process may come and go meanwhile; what a connection holds does so every time.
                long before = await LeastAsync(clock, 0, TimeSpan.FromSeconds(2));
                await OpenAsync(Count);
                each = (await LeastAsync(clock, before + (most * Count), TimeSpan.FromSeconds(10)) - before) / Count;
            }

            Assert.InRange(each, long.MinValue, most);
        }
        finally
        {
            foreach (Socket socket in sockets) socket.Dispose();
        }

        async Task OpenAsync(int count)
        {
            for (int index = 0; index < count; index++)
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                sockets.Add(socket);
                socket.Connect(IPAddress.Loopback, new Uri(pair.Server.Address).Port);
            }

            int expected = Volatile.Read(ref handled);
            foreach (byte[] call in octets)
            {
                foreach (Socket socket in sockets[^count..]) socket.Send(call);
                expected += count;
                await Eventually.IsTrueAsync(() => Volatile.Read(ref handled) == expected);
            }
        }
    }

    [Theory]
    [InlineData("tcp")]
    [InlineData("unix")]
    public async Task After_a_rest_calls_and_split_messages_arrive_as_before(string protocol)
    {
        string file = Path.Combine(Path.GetTempPath(), $"smpi-rest-{Environment.ProcessId}.sock");
        var clock = new FakeClock();
        await using ISmpiServer server = SmpiServer.Create(builder =>
        {
            Compose(builder, protocol == "tcp" ? new TcpProtocol("127.0.0.1", 0) : new UnixSocketProtocol(file), clock);
            builder.Settings<ChannelParts>().Listen = true;
            builder.Handle("octets", (PooledBody body, CallContext _, CancellationToken _) => new ValueTask<PooledBody>(body));
        });
        await server.ListenAsync();
        await using ISmpiChannel channel = SmpiChannel.Create(
            builder => Compose(builder, protocol == "tcp" ? new TcpProtocol("127.0.0.1", new Uri(server.Address).Port) : new UnixSocketProtocol(file), clock));
        int timers = 0;
        for (int round = 0; round < 5; round++)
        {
            for (int call = 0; call < 100; call++) await EchoAsync(channel, 10 + call);
            if (round > 0) Assert.True(clock.Timers > timers, "Busy connections should be watched.");
            if (round == 0) timers = await LeastTimersAsync(clock);

            // The other side may still be finishing its last answer when time passes, and then rests a silence later.
            await Eventually.IsTrueAsync(() =>
            {
                clock.Advance(Silence);
                return clock.Timers == timers;
            });

            // Bodies in parts, of two calls at a time, and small ones among them.
            await Task.WhenAll(EchoAsync(channel, 300_000), EchoAsync(channel, 7), EchoAsync(channel, 1_000_000), EchoAsync(channel, 100)).WaitAsync(Soon);
            clock.Advance(Silence);
            await EchoAsync(channel, 70_000 + round);
        }
    }

    /// <summary>Octets come at the very moment at which a receive is taken back.</summary>
    [Fact]
    public async Task Nothing_is_lost_when_connections_rest_again_and_again()
    {
        var clock = new FakeClock();
        await using Pair pair = await Pair.OpenAsync(
            server =>
            {
                Clock(server, clock);
                server.Handle("octets", (PooledBody body, CallContext _, CancellationToken _) => new ValueTask<PooledBody>(body));
            },
            client => Clock(client, clock));
        await pair.Channel.ConnectAsync();
        using var done = new CancellationTokenSource();
        Task resting = Task.Run(() =>
        {
            // Less than a second at once, so that what comes in between counts as soon after what was before.
            while (!done.IsCancellationRequested)
            {
                clock.Advance(TimeSpan.FromMilliseconds(500));
                Thread.Yield();
            }
        });
        try
        {
            for (int call = 0; call < 2000; call++) await EchoAsync(pair.Channel, call % 100 == 99 ? 200_000 : 10 + call).WaitAsync(Soon);
        }
        finally
        {
            await done.CancelAsync();
            await resting;
        }

        Assert.Equal(1, pair.Channel.Status.Generation);
    }

    /// <summary>The least memory in use while a clock goes on and nothing else happens, until a time is over or it is little enough.</summary>
    private static async Task<long> LeastAsync(FakeClock clock, long enough, TimeSpan time)
    {
        using var limit = new CancellationTokenSource(time);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        long least = long.MaxValue;
        while (!limit.IsCancellationRequested)
        {
            clock.Advance(Silence);
            least = Math.Min(least, GC.GetTotalMemory(forceFullCollection: true));
            if (least <= enough) break;
            await tick.WaitForNextTickAsync(CancellationToken.None);
        }

        return least;
    }

    private static async Task<int> LeastTimersAsync(FakeClock clock)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        int least = int.MaxValue;
        for (int round = 0; round < 20; round++)
        {
            clock.Advance(Silence);
            least = Math.Min(least, clock.Timers);
            await tick.WaitForNextTickAsync(CancellationToken.None);
        }

        return least;
    }

    private static async Task EchoAsync(ISmpiChannel channel, int length)
    {
        var request = PooledBody.Rent(length, out Memory<byte> memory);
        for (int index = 0; index < length; index++) memory.Span[index] = (byte)((index * 31) + length);
        using PooledBody answer = await channel.RequestAsync<PooledBody, PooledBody>("octets", request, CallOptions.Default, CancellationToken.None).AsTask().WaitAsync(Soon);
        byte[] octets = answer.Octets.ToArray();
        Assert.Equal(length, octets.Length);
        for (int index = 0; index < length; index++) Assert.Equal((byte)((index * 31) + length), octets[index]);
        request.Dispose();
    }

    private static void Compose(SmpiBuilder builder, IProtocol protocol, TimeProvider clock)
    {
        ChannelParts parts = builder.Settings<ChannelParts>();
        parts.Protocol = protocol;
        parts.Format = new NativeFormat();
        parts.Encodings.Add(new TestJson());
        Clock(builder, clock);
    }

    private static void Clock(SmpiBuilder builder, TimeProvider clock)
    {
        ChannelParts parts = builder.Settings<ChannelParts>();
        parts.TimeProvider = clock;
        parts.Limits = parts.Limits with { HeartbeatInterval = TimeSpan.Zero };
    }

    /// <summary>What a peer sends for some calls: a hello with the first, then each call by itself.</summary>
    private static byte[][] Octets(int calls)
    {
        var output = new OutBuffer();
        IWireSession session = new NativeFormat().CreateSession(new ConnectionOptions { Format = new NativeFormat() });
        session.Write(new HopSignal(HopSignalKind.Hello) { Hello = new PeerHello { Encodings = ["json"], Agent = "test", Session = new byte[16] } }, output);
        byte[][] octets = new byte[calls][];
        long start = 0;
        for (int index = 0; index < calls; index++)
        {
            var call = new Message { Kind = MessageKind.Request, Id = new MessageId((ulong)index + 1), Subject = "number", Body = new ReadOnlySequence<byte>("7"u8.ToArray()) };
            session.Write(in call, null, output);
            octets[index] = output.Slice(start, output.Length).ToArray();
            start = output.Length;
        }

        return octets;
    }
}
