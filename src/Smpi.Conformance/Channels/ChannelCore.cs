namespace Smpi.Conformance;

/// <summary>The core of <see cref="ChannelConformance"/> in one run, for a matrix of many combinations.</summary>
/// <remarks>The server needs <see cref="CoreHandlers"/> and nothing else, so it may be in another process.</remarks>
public static class ChannelCore
{
    /// <summary>Runs the core against a server and a channel of one combination.</summary>
    /// <param name="setup">The combination.</param>
    public static async Task RunAsync(ChannelSetup setup)
    {
        ArgumentNullException.ThrowIfNull(setup);
        await using ChannelPair pair = await ChannelPair.OpenAsync(setup, client: builder => builder.AddBackHandler());
        await RunAsync(pair.Channel, setup.Traits);
    }

    /// <summary>Runs the core over a channel whose peer has the core handlers.</summary>
    /// <param name="channel">The channel, built with <see cref="CoreHandlers.AddBackHandler"/>.</param>
    /// <param name="traits">What the combination can carry; what it cannot must be refused, typed.</param>
    public static async Task RunAsync(ISmpiChannel channel, FormatTraits traits)
    {
        ArgumentNullException.ThrowIfNull(channel);
        ArgumentNullException.ThrowIfNull(traits);
        await CheckAsync(traits.Calls, () => UnaryAsync(channel));
        await CheckAsync(traits.Calls, () => ErrorsAsync(channel, traits));
        await CheckAsync(traits.Streams, () => ServerStreamAsync(channel));
        await CheckAsync(traits.ClientStreams, () => ClientStreamAsync(channel));
        await CheckAsync(traits is { Streams: true, ClientStreams: true }, () => DuplexAsync(channel));
        if (traits.Calls) await EventsAsync(channel, traits.Events);
        if (traits.Calls) await CancelAsync(channel);
        Assert.Equal(0, channel.Status.PendingCalls);
    }

    private static async Task CheckAsync(bool can, Func<Task> feature)
    {
        if (can) await feature().Soon();
        else await Assert.ThrowsAsync<SmpiConfigurationException>(() => feature().Soon());
    }

    private static async Task UnaryAsync(ISmpiChannel channel)
    {
        Assert.Equal(new Pong(7, "pong"), await channel.RequestAsync(new Ping(7)));
        Assert.Equal(new Pong(42, "back"), await channel.RequestAsync(new AskBack(41)));
        await Task.WhenAll(Enumerable.Range(0, 64).Select(async number => Assert.Equal(number, (await channel.RequestAsync(new Ping(number))).Number)));
        string text = new('ä', 100_000);
        Assert.Equal(text, (await channel.RequestAsync(new Echo(text))).Text);
    }

    private static async Task ErrorsAsync(ISmpiChannel channel, FormatTraits traits)
    {
        RemoteException error = await Assert.ThrowsAsync<RemoteException>(async () => await channel.RequestAsync(new Break("axle")));
        Assert.Equal("It broke.", error.Message);
        Assert.Equal(traits.FaultDetail, error.TryGet(out Broken? broken));
        if (traits.FaultDetail) Assert.Equal("axle", broken!.Part);
        await Assert.ThrowsAsync<UnknownSubjectException>(async () => await channel.RequestAsync(new Nobody(1)));
    }

    private static async Task ServerStreamAsync(ISmpiChannel channel)
    {
        int next = 0;
        await foreach (Pong pong in channel.StreamAsync(new Count(500, 10))) Assert.Equal(next++, pong.Number);
        Assert.Equal(500, next);
    }

    private static async Task ClientStreamAsync(ISmpiChannel channel) =>
        Assert.Equal(5 + Enumerable.Range(0, 500).Sum(), (await channel.RequestAsync(new Sum(5), Refusal.Numbers(500))).Number);

    private static async Task DuplexAsync(ISmpiChannel channel)
    {
        int next = 0;
        await foreach (Pong pong in channel.StreamAsync(new Doubled(3), Refusal.Numbers(200))) Assert.Equal(3 * next++, pong.Number);
        Assert.Equal(200, next);
    }

    private static async Task EventsAsync(ISmpiChannel channel, bool can)
    {
        if (!can)
        {
            await Assert.ThrowsAsync<SmpiConfigurationException>(() => channel.PublishAsync(new Happened(0, "")).Soon());
            return;
        }

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
        await Assert.ThrowsAsync<TimeoutException>(() => channel.RequestAsync(new Hang(2), new CallOptions { Deadline = TimeSpan.FromMilliseconds(20) }).Soon());
    }
}
