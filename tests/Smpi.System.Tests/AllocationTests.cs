using System.Buffers;
using System.Buffers.Binary;

namespace Smpi.System.Tests;

/// <summary>What the library itself allocates in steady state, both sides together. Alone, because the whole process is measured.</summary>
[Collection(Name)]
public sealed class AllocationTests
{
    private const string Name = "allocations";
    private const int Callers = 64;
    private const int Calls = 300;

    // The asynchronous methods of a debug build allocate whenever they are entered, some for each batch.
#if DEBUG
    private const double MostOctets = 48;
    private const double MostOctetsOfEvent = 1024;
#else
    private const double MostOctets = 4;
    private const double MostOctetsOfEvent = 4;
#endif
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_call_of_many_allocates_nothing_on_either_side()
    {
        (ISmpiServer server, ISmpiChannel channel) = await OpenAsync();
        await using ISmpiServer listening = server;
        await using ISmpiChannel calling = channel;
        for (int round = 0; round < 10; round++) await CallAsync(channel);
        long least = long.MaxValue;
        for (int round = 0; round < 10; round++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            await CallAsync(channel);
            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        // The callers themselves allocate a task each.
        Assert.InRange((double)least / (Callers * Calls), 0, MostOctets);
    }

    [Fact]
    public async Task A_large_pooled_body_leaves_no_garbage_of_its_size()
    {
        (ISmpiServer server, ISmpiChannel channel) = await OpenAsync();
        await using ISmpiServer listening = server;
        await using ISmpiChannel calling = channel;
        using PooledBody body = PooledBody.Rent(1 << 20, out _);
        for (int round = 0; round < 20; round++) await EchoAsync(channel, body);
        long least = long.MaxValue;
        for (int round = 0; round < 20; round++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            await EchoAsync(channel, body);
            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        Assert.InRange(least, 0, 32 * 1024);
    }

    [Fact]
    public async Task An_event_to_many_peers_allocates_nothing_on_either_side()
    {
        const int Peers = 20;
        const int Events = 200;
        (ISmpiServer server, ISmpiChannel first) = await OpenAsync();
        await using ISmpiServer listening = server;
        List<ISmpiChannel> channels = [first];
        int left = 0;
        TaskCompletionSource? all = null;
        while (channels.Count < Peers) channels.Add(await SmpiChannel.ConnectAsync(server.Address, builder => builder.UseEncoding(new Numbers())));
        foreach (ISmpiChannel channel in channels)
        {
            channel.Subscribe<Number>("told", (_, _) => Count(), null);
            await channel.RequestAsync<Number, Number>("number", new Number(1)).AsTask().WaitAsync(Soon);
        }

        for (int round = 0; round < 10; round++) await PublishAsync();
        long least = long.MaxValue;
        for (int round = 0; round < 10; round++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            await PublishAsync();
            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        foreach (ISmpiChannel channel in channels) await channel.DisposeAsync();
        Assert.InRange((double)least / (Peers * Events), 0, MostOctetsOfEvent);

        ValueTask Count()
        {
            if (Interlocked.Decrement(ref left) == 0) all!.SetResult();
            return default;
        }

        async Task PublishAsync()
        {
            all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Volatile.Write(ref left, Peers * Events);
            for (int number = 0; number < Events; number++) await server.Peers.PublishAsync("told", new Number(number), null, CancellationToken.None);
            await all.Task.WaitAsync(Soon);
        }
    }

    private static async Task EchoAsync(ISmpiChannel channel, PooledBody body)
    {
        using PooledBody back = await channel.RequestAsync<PooledBody, PooledBody>("octets", body).AsTask().WaitAsync(Soon);
        Assert.Equal(body.Length, back.Length);
    }

    private static async Task CallAsync(ISmpiChannel channel)
    {
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(async () =>
        {
            for (int call = 0; call < Calls; call++)
            {
                // The assertions of the framework allocate.
                Number answer = await channel.RequestAsync<Number, Number>("number", new Number(call));
                if (answer.Value != call) throw new InvalidOperationException($"{call} came back as {answer.Value}.");
            }
        }))).WaitAsync(Soon);
    }

    private static async Task<(ISmpiServer Server, ISmpiChannel Channel)> OpenAsync()
    {
        ISmpiServer server = await SmpiServer.ListenAsync("tcp://127.0.0.1:0", builder => builder
            .UseEncoding(new Numbers())
            .Handle((Number number, CancellationToken _) => new ValueTask<Number>(number))
            .Handle("octets", (PooledBody body, CallContext _, CancellationToken _) => new ValueTask<PooledBody>(body)));
        return (server, await SmpiChannel.ConnectAsync(server.Address, builder => builder.UseEncoding(new Numbers())));
    }

    [CollectionDefinition(Name, DisableParallelization = true)]
    public sealed class Alone;

    private readonly record struct Number(int Value) : IRequest<Number>;

    private sealed class Numbers : IEncoding, ICodec<Number>
    {
        public string Name => "numbers";

        public string ContentType => "application/octet-stream";

        public ICodec<T> For<T>() => (ICodec<T>)(object)this;

        public ICodec For(Type type) => throw new EncodingException($"There is no codec for {type.Name}.");

        public void Write(IBufferWriter<byte> output, Number value)
        {
            BinaryPrimitives.WriteInt32LittleEndian(output.GetSpan(4), value.Value);
            output.Advance(4);
        }

        public Number Read(in ReadOnlySequence<byte> body) => new(BinaryPrimitives.ReadInt32LittleEndian(body.FirstSpan));
    }
}
