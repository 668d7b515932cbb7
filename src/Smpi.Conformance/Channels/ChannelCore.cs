namespace Smpi.Conformance;

/// <summary>The core of <see cref="ChannelConformance"/> in one run, for a matrix of many combinations.</summary>
/// <remarks>The server needs <see cref="CoreHandlers"/> and nothing else, so it may be in another process.</remarks>
public static class ChannelCore
{
    /// <summary>Runs the core against a server and a channel of one combination.</summary>
    /// <param name="setup">The combination.</param>
    /// <returns>How many cases passed; a failure of one throws.</returns>
    public static async Task<int> RunAsync(ChannelSetup setup)
    {
        ArgumentNullException.ThrowIfNull(setup);
        await using ChannelPair pair = await ChannelPair.OpenAsync(setup, client: builder => builder.AddBackHandler());
        return await RunAsync(pair.Channel, setup.Traits);
    }

    /// <summary>Runs the core over a channel whose peer has the core handlers.</summary>
    /// <param name="channel">The channel, built with <see cref="CoreHandlers.AddBackHandler"/>.</param>
    /// <param name="traits">What the combination can carry; what it cannot must be refused, typed.</param>
    /// <returns>How many cases passed; a failure of one throws.</returns>
    public static async Task<int> RunAsync(ISmpiChannel channel, FormatTraits traits)
    {
        ArgumentNullException.ThrowIfNull(channel);
        ArgumentNullException.ThrowIfNull(traits);
        (bool Can, Func<Task> Run)[] cases =
        [
            (traits.Calls, () => UnaryAsync(channel)),
            (traits.Calls, () => CallBackAsync(channel)),
            (traits.Calls, () => ManyAsync(channel)),
            (traits.Calls, () => LargeAsync(channel)),
            (traits.Calls, () => FaultAsync(channel, traits)),
            (traits.Calls, () => UnknownSubjectAsync(channel)),
            (traits.Streams, () => ServerStreamAsync(channel)),
            (traits.Streams, () => LeftStreamAsync(channel)),
            (traits.ClientStreams, () => ClientStreamAsync(channel)),
            (traits is { Streams: true, ClientStreams: true }, () => DuplexAsync(channel)),
            (traits is { Calls: true, Events: true }, () => EventsAsync(channel)),
            (traits.Calls, () => CancelAsync(channel)),
            (traits.Calls, () => DeadlineAsync(channel)),
        ];
        foreach ((bool can, Func<Task> run) in cases)
        {
            if (can) await run().Soon();
            else await Assert.ThrowsAsync<SmpiConfigurationException>(() => run().Soon());
        }

        Assert.Equal(0, channel.Status.PendingCalls);
        return cases.Length;
    }

    private static async Task UnaryAsync(ISmpiChannel channel) => Assert.Equal(new Pong(7, "pong"), await channel.RequestAsync(new Ping(7)));

    private static async Task CallBackAsync(ISmpiChannel channel) => Assert.Equal(new Pong(42, "back"), await channel.RequestAsync(new AskBack(41)));

    private static Task ManyAsync(ISmpiChannel channel) =>
        Task.WhenAll(Enumerable.Range(0, 64).Select(async number => Assert.Equal(number, (await channel.RequestAsync(new Ping(number))).Number)));

    private static async Task LargeAsync(ISmpiChannel channel)
    {
        string text = new('ä', 100_000);
        Assert.Equal(text, (await channel.RequestAsync(new Echo(text))).Text);
    }

    private static async Task FaultAsync(ISmpiChannel channel, FormatTraits traits)
    {
        RemoteException error = await Assert.ThrowsAsync<RemoteException>(async () => await channel.RequestAsync(new Break("axle")));
        Assert.Equal("It broke.", error.Message);
        Assert.Equal(traits.FaultDetail, error.TryGet(out Broken? broken));
        if (traits.FaultDetail) Assert.Equal("axle", broken!.Part);
    }

    private static async Task UnknownSubjectAsync(ISmpiChannel channel) =>
        await Assert.ThrowsAsync<UnknownSubjectException>(async () => await channel.RequestAsync(new Nobody(1)));

    private static async Task ServerStreamAsync(ISmpiChannel channel)
    {
        int next = 0;
        await foreach (Pong pong in channel.StreamAsync(new Count(500, 10))) Assert.Equal(next++, pong.Number);
        Assert.Equal(500, next);
    }

    private static async Task LeftStreamAsync(ISmpiChannel channel)
    {
        await foreach (Pong pong in channel.StreamAsync(new Count(int.MaxValue, 10)))
        {
            if (pong.Number == 20) break;
        }
    }

    private static async Task ClientStreamAsync(ISmpiChannel channel) =>
        Assert.Equal(5 + Enumerable.Range(0, 500).Sum(), (await channel.RequestAsync(new Sum(5), Refusal.Numbers(500))).Number);

    private static async Task DuplexAsync(ISmpiChannel channel)
    {
        int next = 0;
        await foreach (Pong pong in channel.StreamAsync(new Doubled(3), Refusal.Numbers(200))) Assert.Equal(3 * next++, pong.Number);
        Assert.Equal(200, next);
    }

    private static async Task EventsAsync(ISmpiChannel channel)
    {
        const int Events = 200;
        List<int> numbers = [];
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using ISubscription subscription = channel.On<Happened>(happened =>
        {
            numbers.Add(happened.Number);
            if (numbers.Count == Events) done.TrySetResult();
        });
        await channel.RequestAsync(new Announce(Events, 20)).Soon();
        await done.Task.Soon();
        Assert.Equal(Enumerable.Range(0, Events), numbers);
    }

    private static async Task CancelAsync(ISmpiChannel channel)
    {
        using var source = new CancellationTokenSource();
        Task<Pong> call = channel.RequestAsync(new Hang(1), source.Token).AsTask();
        await channel.RequestAsync(new Ping(1)).Soon();
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.Soon());
    }

    private static async Task DeadlineAsync(ISmpiChannel channel) =>
        await Assert.ThrowsAsync<TimeoutException>(() => channel.RequestAsync(new Hang(2), new CallOptions { Deadline = TimeSpan.FromMilliseconds(20) }).Soon());
}
