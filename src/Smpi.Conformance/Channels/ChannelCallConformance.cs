namespace Smpi.Conformance;

/// <summary>Calls with one answer.</summary>
public abstract class ChannelCallConformance : ChannelSuite
{
    [Fact]
    public Task The_core_works_or_is_refused() => ChannelCore.RunAsync(Setup);

    [Fact]
    public async Task Many_callers_at_once_get_their_own_answers()
    {
        await using ChannelPair pair = await OpenAsync();
        await Task.WhenAll(Enumerable.Range(0, 32).Select(caller => Task.Run(async () =>
        {
            for (int call = 0; call < 100; call++)
            {
                int number = (caller * 1000) + call;
                Assert.Equal(number, (await pair.Channel.RequestAsync(new Ping(number))).Number);
            }
        }))).Soon();
        Assert.Equal(0, pair.Channel.Status.PendingCalls);
    }

    [Fact]
    public async Task The_server_may_call_its_peer()
    {
        await using ChannelPair pair = await OpenAsync(client: builder => builder.Handle((Ping ping) => new Pong(ping.Number + 1, "client")));
        ISmpiPeer peer = await pair.PeerAsync();
        Task<Pong>[] calls = [.. Enumerable.Range(0, 50).Select(number => peer.RequestAsync(new Ping(number)).AsTask())];
        Task<Pong>[] others = [.. Enumerable.Range(0, 50).Select(number => pair.Channel.RequestAsync(new Ping(number)).AsTask())];
        Assert.Equal(Enumerable.Range(1, 50), (await Task.WhenAll(calls).Soon()).Select(pong => pong.Number));
        Assert.Equal(Enumerable.Range(0, 50), (await Task.WhenAll(others).Soon()).Select(pong => pong.Number));
    }

    [Fact]
    public async Task An_unknown_subject_fails_its_call_and_names_what_is_known()
    {
        await using ChannelPair pair = await OpenAsync();
        UnknownSubjectException error = await Assert.ThrowsAsync<UnknownSubjectException>(() => pair.Channel.RequestAsync(new Nobody(1)).Soon());
        Assert.Equal("nobody", error.Subject);
        Assert.Contains("'ping'", error.Message, StringComparison.Ordinal);
        await AssertWorksAsync(pair);
    }

    [Fact]
    public async Task A_body_that_is_no_request_fails_its_call_only()
    {
        await using ChannelPair pair = await OpenAsync();
        await Assert.ThrowsAsync<EncodingException>(() => pair.Channel.RequestAsync<RawBody, Pong>("ping", NoRecord()).Soon());
        await AssertWorksAsync(pair);
    }

    [Fact]
    public async Task An_answer_that_is_no_result_fails_its_call_only()
    {
        await using ChannelPair pair = await OpenAsync(builder => builder.Handle("raw", async (Ping _, CallContext _, CancellationToken _) => NoRecord()));
        await Assert.ThrowsAsync<EncodingException>(() => pair.Channel.RequestAsync<Ping, Pong>("raw", new Ping(1)).Soon());
        await AssertWorksAsync(pair);
    }

    [Fact]
    public async Task A_request_above_the_limit_fails_its_call_only()
    {
        await using ChannelPair pair = await OpenAsync();
        var large = new Echo(new string('x', SmpiLimits.Default.MessageSize + 1));
        await Assert.ThrowsAsync<MessageTooLargeException>(() => pair.Channel.RequestAsync(large).Soon());
        await AssertWorksAsync(pair);
    }

    [Fact]
    public async Task An_answer_above_the_limit_fails_its_call_only_and_says_the_limit()
    {
        await using ChannelPair pair = await OpenAsync(builder => builder.Handle("large", (Ping _, CallContext _, CancellationToken _) =>
            new ValueTask<string>(new string('x', SmpiLimits.Default.MessageSize + 1))));
        MessageTooLargeException error = await Assert.ThrowsAsync<MessageTooLargeException>(() => pair.Channel.RequestAsync<Ping, string>("large", new Ping(1)).Soon());
        Assert.Equal(ErrorCode.TooLarge, error.Code);
        Assert.Contains($"{SmpiLimits.Default.MessageSize:N0}", error.Message, StringComparison.Ordinal);
        await AssertWorksAsync(pair);
    }

    [Fact]
    public async Task The_text_of_an_unexpected_exception_stays_home()
    {
        await using ChannelPair pair = await OpenAsync(builder => builder.Handle((Gated _) => Fail()));
        RemoteException error = await Assert.ThrowsAsync<RemoteException>(() => pair.Channel.RequestAsync(new Gated(1)).Soon());
        Assert.DoesNotContain("secret", error.ToString(), StringComparison.Ordinal);
        await AssertWorksAsync(pair);

        static Pong Fail() => throw new InvalidOperationException("a secret");
    }

    [Fact]
    public async Task Small_calls_pass_while_large_bodies_travel()
    {
        await using ChannelPair pair = await OpenAsync();
        string text = new('y', 2_000_000);
        Task<Pong>[] large = [.. Enumerable.Range(0, 6).Select(_ => pair.Channel.RequestAsync(new Echo(text)).AsTask())];
        for (int number = 0; number < 100; number++) Assert.Equal(number, (await pair.Channel.RequestAsync(new Ping(number)).Soon()).Number);
        foreach (Pong pong in await Task.WhenAll(large).Soon()) Assert.Equal(text.Length, pong.Number);
    }

    [Fact]
    public async Task A_waiting_handler_delays_no_other_call()
    {
        var gate = new Gate();
        await using ChannelPair pair = await OpenAsync(Gated(gate));
        Task<Pong> slow = pair.Channel.RequestAsync(new Gated(5)).AsTask();
        await gate.Started;
        await AssertWorksAsync(pair);
        Assert.False(slow.IsCompleted);
        gate.Open();
        Assert.Equal(5, (await slow.Soon()).Number);
    }

    [Fact]
    public async Task Cancelling_before_the_call_sends_nothing()
    {
        var gate = new Gate();
        await using ChannelPair pair = await OpenAsync(Gated(gate));
        using var source = new CancellationTokenSource();
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pair.Channel.RequestAsync(new Gated(1), source.Token).Soon());
        await AssertWorksAsync(pair);
        ISmpiPeer peer = await pair.PeerAsync();
        Assert.Equal(0, peer.Status.RunningCalls);
    }

    [Fact]
    public async Task Cancelling_releases_the_caller_at_once_and_reaches_the_handler_where_the_format_can_say_it()
    {
        var gate = new Gate();
        await using ChannelPair pair = await OpenAsync(Gated(gate));
        using var source = new CancellationTokenSource();
        Task<Pong> call = pair.Channel.RequestAsync(new Gated(1), source.Token).AsTask();
        await gate.Started;
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.Soon());
        if (Traits.Cancel) await gate.Cancelled;
        gate.Open();
        await AssertWorksAsync(pair);
        Assert.Equal(0, pair.Channel.Status.PendingCalls);
        Assert.Equal(Traits.Cancel, gate.WasCancelled);
    }

    [Fact]
    public async Task A_deadline_ends_in_a_timeout_and_cancels_the_handler_where_the_format_can_say_it()
    {
        var gate = new Gate();
        await using ChannelPair pair = await OpenAsync(Gated(gate));
        await AssertWorksAsync(pair);
        await Assert.ThrowsAsync<TimeoutException>(() => pair.Channel.RequestAsync(new Gated(1), new CallOptions { Deadline = TimeSpan.FromMilliseconds(100) }).Soon());
        if (Traits.Cancel || Traits.Deadlines) await gate.Cancelled;
        gate.Open();
        await AssertWorksAsync(pair);
    }

    [Fact]
    public async Task A_continuation_may_block_on_the_next_call()
    {
        await using ChannelPair pair = await OpenAsync();
        Task[] blocking = [.. Enumerable.Range(0, 4).Select(caller => Task.Run(async () =>
        {
            for (int turn = 0; turn < 10; turn++)
            {
                await pair.Channel.RequestAsync(new Ping(turn)).ConfigureAwait(false);
                Pong pong = pair.Channel.RequestAsync(new Ping(caller)).AsTask().GetAwaiter().GetResult();
                Assert.Equal(caller, pong.Number);
            }
        }))];
        await Task.WhenAll(blocking).Soon();
    }

    private protected static async Task AssertWorksAsync(ChannelPair pair) => Assert.Equal(new Pong(77, "pong"), await pair.Channel.RequestAsync(new Ping(77)).Soon());

    // A text is valid in every format that asks for JSON, and a record in no encoding.
    private static RawBody NoRecord() => new("\"text\""u8.ToArray());
}
