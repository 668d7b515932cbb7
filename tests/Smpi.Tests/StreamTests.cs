using System.Buffers;

namespace Smpi.Tests;

public sealed class StreamTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Items_of_all_sizes_arrive_whole_and_in_order(bool onContext) => await OnAsync(onContext, async () =>
    {
        await using Pair pair = await Pair.OpenAsync(builder => builder
            .HandleStream("octets", (int count, CallContext _, CancellationToken _) => Octets(count))
            .HandleClientStream("total", async (int _, IAsyncEnumerable<RawBody> items, CallContext _, CancellationToken _) => await CheckAsync(items)));
        Assert.Equal(3000, await CheckAsync(pair.Channel.StreamAsync<int, RawBody>("octets", 3000)).WaitAsync(Soon));
        Assert.Equal(3000, await pair.Channel.RequestAsync<int, RawBody, int>("total", 0, Octets(3000), null, CancellationToken.None).AsTask().WaitAsync(Soon));
    });

    [Fact]
    public async Task Items_arrive_while_their_source_keeps_its_thread()
    {
        using var all = new ManualResetEventSlim();
        await using Pair pair = await Pair.OpenAsync(builder => builder.HandleStream("kept", (int count, CallContext _, CancellationToken _) => Blocking(count, all)));
        int next = 0;
        await foreach (int number in pair.Channel.StreamAsync<int, int>("kept", 100))
        {
            Assert.Equal(next++, number);
            if (next == 100) all.Set();
        }

        Assert.Equal(100, next);
        Assert.True(all.IsSet);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_item_that_cannot_be_read_ends_the_stream_behind_those_before_it(bool onContext) => await OnAsync(onContext, async () =>
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using Pair pair = await Pair.OpenAsync(builder => builder
            .HandleStream("mixed", (int bad, CallContext _, CancellationToken ct) => Mixed(bad, stopped, ct))
            .HandleClientStream("total", async (int _, IAsyncEnumerable<int> items, CallContext _, CancellationToken _) => await CountAsync(items)));
        int taken = 0;
        EncodingException error = await Assert.ThrowsAsync<EncodingException>(async () =>
        {
            await foreach (int number in pair.Channel.StreamAsync<int, int>("mixed", 500)) Assert.Equal(taken++, number);
        });
        Assert.Equal(500, taken);
        Assert.Contains("'mixed'", error.Message, StringComparison.Ordinal);
        await stopped.Task.WaitAsync(Soon);

        EncodingException refused = await Assert.ThrowsAsync<EncodingException>(async () =>
            await pair.Channel.RequestAsync<int, object, int>("total", 0, Mixed(500, null, CancellationToken.None), null, CancellationToken.None).AsTask().WaitAsync(Soon));
        Assert.Contains("'total'", refused.Message, StringComparison.Ordinal);
        Assert.Equal(7, (await pair.Channel.RequestAsync(new Ping(7)).AsTask().WaitAsync(Soon)).Number);
    });

    [Fact]
    public async Task Items_are_decoded_apart_from_a_consumer_that_has_a_context()
    {
        await using Pair pair = await Pair.OpenAsync(
            builder => builder.HandleStream("threads", (int count, CallContext _, CancellationToken _) => Some(count)),
            builder => builder.Settings<ChannelParts>().Encodings[0] = new WhereRead(builder.Settings<ChannelParts>().Encodings[0]));
        using var ui = new UiThread();
        var found = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        ui.Post(async _ =>
        {
            int count = 0;
            await foreach (int thread in pair.Channel.StreamAsync<int, int>("threads", 5000))
            {
                if (!ui.IsHere || thread == Environment.CurrentManagedThreadId) found.TrySetResult(-1);
                count++;
            }

            found.TrySetResult(count);
        }, null);
        Assert.Equal(5000, await found.Task.WaitAsync(Soon));
    }

    [Fact]
    public async Task An_item_that_cannot_be_written_comes_behind_those_before_it()
    {
        await using Pair pair = await Pair.OpenAsync(builder => builder.HandleStream("half", (int good, CallContext _, CancellationToken _) => Half(good)));
        int taken = 0;
        RemoteException error = await Assert.ThrowsAsync<RemoteException>(async () =>
        {
            await foreach (object _ in pair.Channel.StreamAsync<int, object>("half", 700)) taken++;
        });
        Assert.Equal(700, taken);
        Assert.Equal(ErrorCode.Internal, error.Code);
    }

    [Fact]
    public async Task Items_before_one_that_cannot_be_written_arrive_while_their_source_is_ended()
    {
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using Pair pair = await Pair.OpenAsync(builder => builder.HandleStream("ending", (int good, CallContext _, CancellationToken _) => Ending(good)));
        int taken = 0;
        RemoteException error = await Assert.ThrowsAsync<RemoteException>(async () =>
        {
            await foreach (object _ in pair.Channel.StreamAsync<int, object>("ending", 700))
            {
                if (++taken == 700) arrived.SetResult();
            }
        });
        Assert.Equal(700, taken);
        Assert.Equal(ErrorCode.Internal, error.Code);

        // The source does not end before its items were taken.
        async IAsyncEnumerable<object> Ending(int good)
        {
            try
            {
                await foreach (object item in Half(good)) yield return item;
            }
            finally
            {
                await arrived.Task.WaitAsync(Soon);
            }
        }
    }

    [Fact]
    public async Task A_slow_consumer_holds_its_sender_back()
    {
        int sent = 0;
        await using Pair pair = await Pair.OpenAsync(builder => builder.HandleStream("much", (int count, CallContext _, CancellationToken _) => Much(count)));
        await using IAsyncEnumerator<string> items = pair.Channel.StreamAsync<int, string>("much", 100_000).GetAsyncEnumerator();
        Assert.True(await items.MoveNextAsync());
        const int Cost = 102 + 64;
        int window = SmpiLimits.Default.StreamWindow / Cost;

        // The sender gets as far as the window goes, and at no time further ahead of the consumer than the largest window.
        await Eventually.IsTrueAsync(() => Volatile.Read(ref sent) >= window);
        Assert.InRange(Volatile.Read(ref sent), window, 2 * window);
        int most = 2 * SmpiLimits.Default.MaxStreamWindow / Cost;
        int taken = 1;
        while (await items.MoveNextAsync())
        {
            taken++;
            Assert.InRange(Volatile.Read(ref sent) - taken, 0, most);
        }

        Assert.Equal(100_000, taken);

        async IAsyncEnumerable<string> Much(int count)
        {
            for (int number = 0; number < count; number++)
            {
                Interlocked.Increment(ref sent);
                yield return new string('x', 100);
            }

            await Task.CompletedTask;
        }
    }

    // The test's own context, or none as in most programs.
    private static Task OnAsync(bool onContext, Func<Task> test) => onContext ? test() : Task.Run(test);

    private static async IAsyncEnumerable<int> Some(int count)
    {
        for (int number = 0; number < count; number++) yield return number;
        await Task.CompletedTask;
    }

    private static async IAsyncEnumerable<RawBody> Octets(int count)
    {
        for (int number = 0; number < count; number++)
        {
            yield return new RawBody(Body(number));
            if (number % 97 == 0) await Task.Yield();
        }
    }

    // Mostly small, sometimes empty, and every size at which another way begins.
    private static byte[] Body(int number)
    {
        int[] sizes = [0, 4095, 4096, 4097, 20_000, 65_535, 65_536, 65_537, 200_000];
        byte[] octets = new byte[number % 31 == 0 ? sizes[number / 31 % sizes.Length] : number % 50 + 1];
        new Random(number).NextBytes(octets);
        return octets;
    }

    private static async Task<int> CheckAsync(IAsyncEnumerable<RawBody> items)
    {
        int number = 0;
        await foreach (RawBody item in items)
        {
            if (!item.Octets.Span.SequenceEqual(Body(number))) throw new InvalidDataException($"Item {number} is not the one that was sent.");
            number++;
        }

        return number;
    }

    private static async Task<int> CountAsync(IAsyncEnumerable<int> items)
    {
        int count = 0;
        await foreach (int _ in items) count++;
        return count;
    }

    private static async IAsyncEnumerable<int> Blocking(int count, ManualResetEventSlim all)
    {
        for (int number = 0; number < count; number++) yield return number;
        Assert.True(all.Wait(Soon), "The items did not arrive.");
        await Task.CompletedTask;
    }

    private static async IAsyncEnumerable<object> Mixed(int bad, TaskCompletionSource? stopped, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        try
        {
            for (int number = 0; number < 1_000_000; number++)
            {
                if (number % 1000 == 999) await Task.Yield();
                ct.ThrowIfCancellationRequested();
                yield return number == bad ? "no number" : number;
            }
        }
        finally
        {
            stopped?.TrySetResult();
        }
    }

    private static async IAsyncEnumerable<object> Half(int good)
    {
        for (int number = 0; number < good; number++) yield return number;
        yield return typeof(StreamTests);
        await Task.CompletedTask;
    }

    /// <summary>Reads numbers as the thread that reads them.</summary>
    private sealed class WhereRead(IEncoding inner) : IEncoding
    {
        public string Name => inner.Name;

        public string ContentType => inner.ContentType;

        public ICodec<T> For<T>() => typeof(T) == typeof(int) ? (ICodec<T>)(object)new Here(inner.For<int>()) : inner.For<T>();

        public ICodec For(Type type) => inner.For(type);

        private sealed class Here(ICodec<int> inner) : ICodec<int>
        {
            public void Write(IBufferWriter<byte> output, int value) => inner.Write(output, value);

            public int Read(in ReadOnlySequence<byte> body) => Environment.CurrentManagedThreadId;
        }
    }
}
