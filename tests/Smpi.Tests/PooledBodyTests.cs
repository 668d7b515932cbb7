using System.Buffers;

namespace Smpi.Tests;

public sealed class PooledBodyTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(65_536)]
    [InlineData(65_537)]
    [InlineData(3_000_000)]
    public async Task An_echo_is_the_same_octets_over_and_over(int length)
    {
        await using Pair pair = await Pair.OpenAsync(builder => Echo(builder));
        for (int round = 0; round < 20; round++)
        {
            byte[] octets = new byte[length];
            Random.Shared.NextBytes(octets);
            using PooledBody sent = Body(octets);
            using PooledBody back = await pair.Channel.RequestAsync<PooledBody, PooledBody>("octets", sent).AsTask().WaitAsync(Soon);
            Assert.Equal(length, back.Length);
            Assert.Equal(octets, back.Octets.ToArray());
        }
    }

    [Fact]
    public async Task A_body_may_be_disposed_as_soon_as_it_was_given_to_a_call()
    {
        await using Pair pair = await Pair.OpenAsync(builder => Echo(builder));
        await pair.Channel.ConnectAsync();
        for (int round = 0; round < 20; round++)
        {
            byte[] octets = new byte[1_000_000];
            octets.AsSpan().Fill((byte)round);
            PooledBody sent = Body(octets);
            ValueTask<PooledBody> call = pair.Channel.RequestAsync<PooledBody, PooledBody>("octets", sent);
            sent.Dispose();
            byte[] next = ArrayPool<byte>.Shared.Rent(octets.Length);
            next.AsSpan().Fill(255);
            ArrayPool<byte>.Shared.Return(next);
            using PooledBody back = await call.AsTask().WaitAsync(Soon);
            Assert.Equal(octets, back.Octets.ToArray());
        }
    }

    [Fact]
    public async Task A_handler_keeps_what_it_asks_to_keep_and_nothing_else()
    {
        PooledBody? kept = null;
        PooledBody? lent = null;
        await using Pair pair = await Pair.OpenAsync(builder => Echo(builder)
            .Handle("put", (PooledBody body, CallContext _, CancellationToken _) =>
            {
                (kept, lent) = (lent is null ? null : body.Keep(), body);
                return new ValueTask<int>((int)body.Length);
            })
            .Handle("get", (int _, CallContext _, CancellationToken _) => new ValueTask<PooledBody>(kept!.Keep())));
        byte[] octets = new byte[500_000];
        Random.Shared.NextBytes(octets);
        using PooledBody sent = Body(octets);
        Assert.Equal(500_000, await pair.Channel.RequestAsync<PooledBody, int>("put", sent).AsTask().WaitAsync(Soon));

        // The answer to a later call comes after the end of an earlier one.
        Assert.Equal(1, (await pair.Channel.RequestAsync(new Ping(1))).Number);
        Assert.Throws<ObjectDisposedException>(() => lent!.Octets);
        Assert.Equal(500_000, await pair.Channel.RequestAsync<PooledBody, int>("put", sent).AsTask().WaitAsync(Soon));
        for (int round = 0; round < 5; round++)
        {
            using PooledBody back = await pair.Channel.RequestAsync<int, PooledBody>("get", 0).AsTask().WaitAsync(Soon);
            Assert.Equal(octets, back.Octets.ToArray());
            using PooledBody other = await pair.Channel.RequestAsync<PooledBody, PooledBody>("octets", sent).AsTask().WaitAsync(Soon);
            Assert.Equal(octets, other.Octets.ToArray());
        }
    }

    [Fact]
    public async Task A_cancelled_call_does_not_let_go_of_octets_that_are_still_to_be_sent()
    {
        await using Pair pair = await Pair.OpenAsync(builder => Echo(builder));
        await pair.Channel.ConnectAsync();
        for (int round = 0; round < 20; round++)
        {
            using var cancel = new CancellationTokenSource();
            PooledBody given = Body(new byte[2_000_000]);
            ValueTask<PooledBody> call = pair.Channel.RequestAsync<PooledBody, PooledBody>("octets", given, null, cancel.Token);
            await cancel.CancelAsync();
            given.Dispose();
            try
            {
                (await call).Dispose();
            }
            catch (OperationCanceledException)
            {
                // The usual end; the answer may have been faster.
            }
        }

        Assert.Equal(1, (await pair.Channel.RequestAsync(new Ping(1))).Number);
    }

    private static PooledBody Body(byte[] octets)
    {
        PooledBody body = PooledBody.Rent(octets.Length, out Memory<byte> memory);
        octets.CopyTo(memory);
        return body;
    }

    private static ISmpiBuilder Echo(ISmpiBuilder builder) =>
        builder.Handle("octets", (PooledBody body, CallContext _, CancellationToken _) => new ValueTask<PooledBody>(body));
}
