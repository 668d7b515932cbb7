using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;

namespace Smpi.Tests;

/// <summary>What a delivery allocates when one event goes to many peers. Alone, because the allocations of the process are measured.</summary>
[CollectionDefinition(nameof(AllocationTests), DisableParallelization = true)]
[Collection(nameof(AllocationTests))]
public sealed class AllocationTests
{
    private const int Peers = 300;
    private const int Burst = 20;

    // The asynchronous methods of a debug build allocate whenever they are entered.
#if DEBUG
    private const double MostOctets = 1024;
    private const double MostOctetsAfterRest = 2048;
#else
    private const double MostOctets = 1;
    private const double MostOctetsAfterRest = 50;
#endif
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);
    private static readonly BroadcastOptions Wait = new() { WhenSlow = WhenSlow.Wait };

    private long _delivered;
    private TaskCompletionSource _complete = new();

    [Fact]
    public async Task A_delivery_in_process_keeps_to_the_octets_of_its_build()
    {
        string name = $"allocations-{Environment.ProcessId}";
        var network = new MemoryNetwork();
        await using Many many = await OpenAsync(() => new MemoryProtocol(name, network), _ => new MemoryProtocol(name, network), TimeProvider.System);
        Assert.InRange(await MedianAsync(many.Server, () => default), 0, MostOctets);
    }

    [Fact]
    public async Task A_delivery_to_peers_that_rested_keeps_to_the_octets_of_its_build()
    {
        var clock = new FakeClock();
        await using Many many = await OpenAsync(
            () => new TcpProtocol("127.0.0.1", 0), address => new TcpProtocol("127.0.0.1", new Uri(address).Port), clock);

        // More than any pool of the framework keeps would be taken anew after each rest: a receive buffer for every subscriber, or one for what is sent to it.
        Assert.InRange(await MedianAsync(many.Server, RestAsync), 0, MostOctetsAfterRest);

        async ValueTask RestAsync()
        {
            using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
            for (int round = 0; round < 5; round++)
            {
                clock.Advance(TimeSpan.FromSeconds(3));
                await tick.WaitForNextTickAsync();
            }
        }
    }

    private async Task<Many> OpenAsync(Func<IProtocol> listen, Func<string, IProtocol> dial, TimeProvider clock)
    {
        ISmpiServer server = SmpiServer.Create(builder =>
        {
            Compose(builder, listen(), clock);
            builder.Settings<ChannelParts>().Listen = true;
        });
        await server.ListenAsync();
        var many = new Many(server);
        for (int number = 0; number < Peers; number++)
        {
            ISmpiChannel channel = SmpiChannel.Create(builder => Compose(builder, dial(server.Address), clock));
            channel.Subscribe<long>("tick", Take, null);
            await channel.ConnectAsync();
            many.Channels.Add(channel);
        }

        await Eventually.IsTrueAsync(() => server.Peers.Count == Peers);
        return many;
    }

    private async Task<double> MedianAsync(ISmpiServer server, Func<ValueTask> before)
    {
        for (int round = 0; round < 40; round++) await BurstAsync(server);
        var each = new List<double>();
        for (int round = 0; round < 9; round++)
        {
            await before();
            long start = GC.GetTotalAllocatedBytes(precise: true);
            await BurstAsync(server);
            each.Add((GC.GetTotalAllocatedBytes(precise: true) - start) / (double)(Peers * Burst));
        }

        each.Sort();
        return each[each.Count / 2];
    }

    private async Task BurstAsync(ISmpiServer server)
    {
        Interlocked.Exchange(ref _delivered, 0);
        _complete = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        for (long number = 0; number < Burst; number++) await server.Peers.PublishAsync("tick", number, Wait, CancellationToken.None);
        await _complete.Task.WaitAsync(Soon);
    }

    private ValueTask Take(long number, CancellationToken ct)
    {
        if (Interlocked.Increment(ref _delivered) == Peers * Burst) _complete.TrySetResult();
        return default;
    }

    private static void Compose(SmpiBuilder builder, IProtocol protocol, TimeProvider clock)
    {
        ChannelParts parts = builder.Settings<ChannelParts>();
        parts.Protocol = protocol;
        parts.Format = new NativeFormat();
        parts.Encodings.Add(new Numbers());
        parts.TimeProvider = clock;
        parts.Limits = parts.Limits with { HeartbeatInterval = TimeSpan.Zero };
    }

    private sealed class Many(ISmpiServer server) : IAsyncDisposable
    {
        public ISmpiServer Server => server;

        public List<ISmpiChannel> Channels { get; } = [];

        public async ValueTask DisposeAsync()
        {
            foreach (ISmpiChannel channel in Channels) await channel.DisposeAsync();
            await server.DisposeAsync();
        }
    }

    /// <summary>Encodes whole numbers and allocates nothing.</summary>
    private sealed class Numbers : IEncoding, ICodec<long>
    {
        public string Name => "numbers";

        public string ContentType => "application/x-numbers";

        public ICodec<T> For<T>() => (ICodec<T>)(object)this;

        public ICodec For(Type type) => throw new NotSupportedException(string.Create(CultureInfo.InvariantCulture, $"{type} is no whole number."));

        public void Write(IBufferWriter<byte> output, long value)
        {
            BinaryPrimitives.WriteInt64LittleEndian(output.GetSpan(8), value);
            output.Advance(8);
        }

        public long Read(in ReadOnlySequence<byte> body)
        {
            Span<byte> octets = stackalloc byte[8];
            body.CopyTo(octets);
            return BinaryPrimitives.ReadInt64LittleEndian(octets);
        }
    }
}
