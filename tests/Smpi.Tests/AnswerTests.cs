namespace Smpi.Tests;

/// <summary>Answers to a peer that takes them slowly, or not at all.</summary>
public sealed class AnswerTests
{
    private const int Large = 2 * 1024 * 1024;

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(Dispatch.PerBatch)]
    [InlineData(Dispatch.PerCall)]
    public async Task No_handler_starts_while_the_peer_takes_no_answers(Dispatch dispatch)
    {
        int started = 0;
        await using Pair pair = await Pair.OpenAsync(builder => builder
            .WithOptions(options => options.Dispatch = dispatch)
            .Handle("large", (int _, CallContext _, CancellationToken _) =>
            {
                Interlocked.Increment(ref started);
                return new ValueTask<RawBody>(new RawBody(new byte[Large]));
            }));
        await using Lawless peer = await Lawless.ConnectAsync(pair);
        for (ulong id = 1; id <= 200; id++) peer.Write(MessageKind.Request, id, "1"u8.ToArray(), "large");
        await peer.FlushAsync();

        // What has started and was not taken lies in the send queue, in the system's buffers, or with a handler that was just starting.
        for (int came = 1; came <= 200; came++)
        {
            (_, byte[] body) = await peer.NextAsync(MessageKind.Response);
            Assert.Equal(Large, body.Length);
            Assert.InRange(Volatile.Read(ref started) - came, 0, 24);
        }
    }

    [Fact]
    public async Task Refusals_wait_for_a_peer_that_takes_none_and_are_short_after_the_first()
    {
        const int Count = 1500;
        await using Pair pair = await Pair.OpenAsync(builder => builder.Handle("large", (int _, CallContext _, CancellationToken _) => new ValueTask<RawBody>(new RawBody(new byte[4 * Large / 2]))));
        await using Lawless peer = await Lawless.ConnectAsync(pair);
        for (ulong id = 1; id <= 8; id++) peer.Write(MessageKind.Request, id, "1"u8.ToArray(), "large");
        for (ulong id = 9; id < 9 + Count; id++) peer.Write(MessageKind.Request, id, "1"u8.ToArray(), "no-such-thing");
        await peer.FlushAsync();
        for (int came = 0; came < Count; came++)
        {
            (Message refusal, _) = await peer.NextAsync(MessageKind.Error);
            Assert.Equal(ErrorCode.Unimplemented, refusal.Fault?.Code);
            Assert.Equal(came == 0, refusal.Fault?.Text.Contains("Known here", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_peer_that_asks_for_more_than_it_may_and_takes_nothing_is_closed()
    {
        var hang = new TaskCompletionSource<int>();
        await using Pair pair = await Pair.OpenAsync(builder => builder.Handle("hang", async (int _, CallContext _, CancellationToken _) => await hang.Task));
        await using Lawless peer = await Lawless.ConnectAsync(pair);
        ISmpiPeer seen = await pair.Peer.WaitAsync(Soon);
        ulong id = 0;
        bool open = true;
        while (open && id < 5_000_000)
        {
            for (int burst = 0; burst < 1000; burst++) peer.Write(MessageKind.Request, ++id, "1"u8.ToArray(), "hang");
            open = await peer.TrySendAsync(MessageKind.Request, ++id, "1"u8.ToArray(), "hang");
        }

        await Eventually.IsTrueAsync(() => seen.Status.LastClose is not null);
        Assert.Equal(ErrorCode.EnhanceYourCalm, seen.Status.LastClose?.Code);
        Assert.InRange(seen.Status.RunningCalls, 0, 2048);
        hang.SetResult(0);
    }

    [Fact]
    public async Task Two_sides_with_large_answers_do_not_wait_for_each_other()
    {
        static void Handler(SmpiBuilder builder) => builder.Handle("large", (int _, CallContext _, CancellationToken _) => new ValueTask<RawBody>(new RawBody(new byte[Large])));
        await using Pair pair = await Pair.OpenAsync(Handler, Handler);
        ISmpiPeer peer = await pair.PeerAsync();
        await Task.WhenAll(AskAsync(pair.Channel), AskAsync(peer)).WaitAsync(TimeSpan.FromSeconds(60));

        static Task AskAsync(ISmpiChannel channel) => Task.WhenAll(Enumerable.Range(0, 100).Select(async number =>
            Assert.Equal(Large, (await channel.RequestAsync<int, RawBody>("large", number)).Octets.Length)));
    }

    [Fact]
    public async Task Requests_wait_at_home_while_the_peer_takes_none()
    {
        (Lawless peer, ISmpiChannel channel) = await Lawless.AcceptAsync();
        await using Lawless silent = peer;
        await using ISmpiChannel disposal = channel;
        var body = new RawBody(new byte[500_000]);
        var options = new CallOptions { Deadline = TimeSpan.FromMilliseconds(20) };
        TimeoutException error;
        int calls = 0;
        do
        {
            error = await Assert.ThrowsAsync<TimeoutException>(async () => await channel.RequestAsync<RawBody, RawBody>("any", body, options, default));
            Assert.InRange(++calls, 1, 200);
        }
        while (!error.Message.Contains("was not sent", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(MessageKind.Item)]
    [InlineData(MessageKind.End)]
    public async Task A_unary_call_that_is_answered_by_a_stream_fails_at_once(MessageKind kind)
    {
        (Lawless peer, ISmpiChannel channel) = await Lawless.AcceptAsync();
        await using Lawless answering = peer;
        await using ISmpiChannel disposal = channel;
        Task<int> call = channel.RequestAsync<int, int>("counted", 1).AsTask();
        (Message request, _) = await peer.NextAsync(MessageKind.Request);
        peer.Write(kind, request.Id.Number, kind == MessageKind.Item ? "1"u8.ToArray() : null, isReply: true);
        await peer.FlushAsync();
        RemoteException error = await Assert.ThrowsAsync<RemoteException>(() => call.WaitAsync(Soon));
        Assert.Contains("StreamAsync", error.Message, StringComparison.Ordinal);
        Assert.Equal(request.Id, (await peer.NextAsync(MessageKind.Cancel)).Message.Id);
    }
}
