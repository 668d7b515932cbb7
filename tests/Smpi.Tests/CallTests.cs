namespace Smpi.Tests;

public sealed class CallTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_request_gets_its_typed_answer()
    {
        await using Pair pair = await Pair.OpenAsync();
        Pong pong = await pair.Channel.RequestAsync(new Ping(7)).AsTask().WaitAsync(Soon);
        Assert.Equal(new Pong(7, "pong"), pong);
    }

    [Fact]
    public async Task Many_callers_on_one_connection_get_their_own_answers()
    {
        await using Pair pair = await Pair.OpenAsync();
        await Task.WhenAll(Enumerable.Range(0, 64).Select(async caller =>
        {
            for (int call = 0; call < 200; call++)
            {
                int number = (caller * 1000) + call;
                Assert.Equal(number, (await pair.Channel.RequestAsync(new Ping(number))).Number);
            }
        })).WaitAsync(Soon);
        Assert.Equal(0, pair.Channel.Status.PendingCalls);
    }

    [Fact]
    public async Task A_stream_brings_all_items_in_order()
    {
        await using Pair pair = await Pair.OpenAsync();
        int next = 0;
        await foreach (Pong pong in pair.Channel.StreamAsync(new Count(20_000))) Assert.Equal(next++, pong.Number);
        Assert.Equal(20_000, next);
    }

    [Fact]
    public async Task A_stream_can_be_left_half_way()
    {
        await using Pair pair = await Pair.OpenAsync();
        await foreach (Pong pong in pair.Channel.StreamAsync(new Count(int.MaxValue, 100)))
        {
            if (pong.Number == 1000) break;
        }

        Assert.Equal(1, (await pair.Channel.RequestAsync(new Ping(1))).Number);
        Assert.Equal(0, pair.Channel.Status.PendingCalls);
        ISmpiPeer peer = await pair.Peer.WaitAsync(Soon);
        await Eventually.IsTrueAsync(() => peer.Status.RunningCalls == 0);
    }

    [Fact]
    public async Task A_caller_can_send_a_stream()
    {
        await using Pair pair = await Pair.OpenAsync();
        Pong sum = await pair.Channel.RequestAsync(new Sum(), Numbers(10_000)).AsTask().WaitAsync(Soon);
        Assert.Equal(Enumerable.Range(0, 10_000).Sum(), sum.Number);
    }

    [Fact]
    public async Task A_stream_goes_both_ways()
    {
        await using Pair pair = await Pair.OpenAsync();
        int next = 0;
        await foreach (Pong pong in pair.Channel.StreamAsync(new Doubled(), Numbers(5_000))) Assert.Equal(2 * next++, pong.Number);
        Assert.Equal(5_000, next);
    }

    [Fact]
    public async Task A_handler_may_call_its_caller_back()
    {
        await using Pair pair = await Pair.OpenAsync(client: builder => builder.Handle((Ping ping) => new Pong(ping.Number + 1, "back")));
        Assert.Equal(new Pong(42, "back"), await pair.Channel.RequestAsync(new AskBack(41)).AsTask().WaitAsync(Soon));
    }

    [Fact]
    public async Task A_typed_error_arrives_with_its_detail()
    {
        await using Pair pair = await Pair.OpenAsync();
        RemoteException error = await Assert.ThrowsAsync<RemoteException>(async () => await pair.Channel.RequestAsync(new Break()));
        Assert.Equal("test.broken", error.Code.Name);
        Assert.Equal("It broke.", error.Message);
        Assert.True(error.TryGet(out Broken? broken));
        Assert.Equal("axle", broken.Part);
    }

    [Fact]
    public async Task An_unknown_subject_names_what_is_known()
    {
        await using Pair pair = await Pair.OpenAsync();
        UnknownSubjectException error = await Assert.ThrowsAsync<UnknownSubjectException>(async () => await pair.Channel.RequestAsync(new Hang(1)));
        Assert.Contains("Nothing handles 'hang'. Known here: 'ask-back', 'break', 'count'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelling_releases_the_caller_at_once_and_reaches_the_handler()
    {
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using Pair pair = await Pair.OpenAsync(builder => builder.Handle(async (Hang _, CancellationToken ct) =>
        {
            using CancellationTokenRegistration registration = ct.Register(() => cancelled.TrySetResult());
            started.TrySetResult();
            await cancelled.Task;
            return new Pong(0, "late");
        }));
        using var source = new CancellationTokenSource();
        Task<Pong> call = pair.Channel.RequestAsync(new Hang(1), source.Token).AsTask();
        await started.Task.WaitAsync(Soon);
        await source.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => call.WaitAsync(Soon));
        await cancelled.Task.WaitAsync(Soon);
        await Eventually.IsTrueAsync(() => pair.Channel.Status.LateReplies == 1);
    }

    [Fact]
    public async Task A_deadline_ends_in_a_timeout_and_cancels_the_handler()
    {
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using Pair pair = await Pair.OpenAsync(builder => builder.Handle(async (Hang _, CancellationToken ct) =>
        {
            // The deadline may pass here before it passes there: an answer must not come first.
            using CancellationTokenRegistration registration = ct.Register(() => cancelled.TrySetResult());
            await Task.WhenAll(cancelled.Task, over.Task);
            return new Pong(0, "late");
        }));
        await pair.Channel.ConnectAsync();
        TimeoutException error = await Assert.ThrowsAsync<TimeoutException>(
            async () => await pair.Channel.RequestAsync(new Hang(1), new CallOptions { Deadline = TimeSpan.FromMilliseconds(50) }));
        Assert.Contains("'hang'", error.Message, StringComparison.Ordinal);
        await cancelled.Task.WaitAsync(Soon);
        over.SetResult();
    }

    [Fact]
    public async Task Events_arrive_in_order()
    {
        var numbers = new List<int>();
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using Pair pair = await Pair.OpenAsync();
        await pair.Channel.ConnectAsync();
        ISmpiPeer peer = await pair.Peer.WaitAsync(Soon);
        using ISubscription subscription = pair.Channel.On<Happened>(happened =>
        {
            numbers.Add(happened.Number);
            if (numbers.Count == 10_000) done.TrySetResult();
        });
        for (int number = 0; number < 10_000; number++) await peer.PublishAsync(new Happened(number));
        await done.Task.WaitAsync(Soon);
        Assert.Equal(Enumerable.Range(0, 10_000), numbers);
    }

    [Fact]
    public async Task A_large_answer_and_a_large_request_travel()
    {
        await using Pair pair = await Pair.OpenAsync(builder => builder.Handle("octets", async (RawBody body, CallContext _, CancellationToken _) => body));
        byte[] octets = new byte[3_000_000];
        Random.Shared.NextBytes(octets);
        RawBody echo = await pair.Channel.RequestAsync<RawBody, RawBody>("octets", new RawBody(octets)).AsTask().WaitAsync(Soon);
        Assert.True(echo.Octets.Span.SequenceEqual(octets));
    }

    [Fact]
    public async Task Disposing_the_channel_ends_its_calls_with_the_reason()
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using Pair pair = await Pair.OpenAsync(builder => builder.Handle(async (Hang _, CancellationToken ct) =>
        {
            using CancellationTokenRegistration registration = ct.Register(() => gone.TrySetResult());
            started.TrySetResult();
            await gone.Task;
            return new Pong(0, "late");
        }));
        Task<Pong> call = pair.Channel.RequestAsync(new Hang(1)).AsTask();
        await started.Task.WaitAsync(Soon);
        await pair.Channel.DisposeAsync();
        ChannelClosedException error = await Assert.ThrowsAsync<ChannelClosedException>(() => call.WaitAsync(Soon));
        Assert.True(error.WasSent);
        Assert.Equal(ClosedBy.Local, error.Reason.By);
        await gone.Task.WaitAsync(Soon);
    }

    [Fact]
    public async Task A_channel_to_nobody_fails_with_a_sentence()
    {
        await using ISmpiChannel channel = SmpiChannel.Create(builder =>
        {
            ChannelParts parts = builder.Settings<ChannelParts>();
            parts.Protocol = new TcpProtocol("127.0.0.1", 1);
            parts.Format = new NativeFormat();
            parts.Encodings.Add(new TestJson());
        });
        ChannelClosedException error = await Assert.ThrowsAsync<ChannelClosedException>(async () => await channel.RequestAsync(new Ping(1)));
        Assert.Contains("127.0.0.1:1", error.Message, StringComparison.Ordinal);
        Assert.False(error.WasSent);
    }

    private static async IAsyncEnumerable<int> Numbers(int count)
    {
        for (int number = 0; number < count; number++) yield return number;
        await Task.CompletedTask;
    }
}
