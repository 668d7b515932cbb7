namespace Smpi.Records.Tests;

/// <summary>A value that cannot be carried fails its call, and the connection lives.</summary>
public abstract class ChannelSuite : RefusalSuite
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_request_that_cannot_be_written_fails_alone() => await OverAChannelAsync(async channel =>
    {
        foreach ((Poor value, string[] names) in Poor)
        {
            EncodingException error = await Assert.ThrowsAsync<EncodingException>(() => channel.RequestAsync(value).AsTask().WaitAsync(Limit));
            Assert.All(names, name => Assert.Contains(name, error.Message, StringComparison.OrdinalIgnoreCase));
        }
    });

    [Fact]
    public async Task An_answer_that_cannot_be_written_fails_its_call_alone() => await OverAChannelAsync(async channel =>
    {
        for (int at = 0; at < Poor.Count; at++)
        {
            EncodingException error = await Assert.ThrowsAsync<EncodingException>(() => channel.RequestAsync(new PoorAnswer(at)).AsTask().WaitAsync(Limit));
            AssertNames(error, nameof(Records.Tests.Poor));
        }
    });

    [Fact]
    public async Task An_item_that_cannot_be_written_ends_its_stream_alone() => await OverAChannelAsync(async channel =>
    {
        for (int at = 0; at < Poor.Count; at++)
        {
            int items = 0;
            await Assert.ThrowsAsync<EncodingException>(async () =>
            {
                await foreach (Poor _ in channel.StreamAsync(new PoorStream(at))) items++;
            }).WaitAsync(Limit);
            Assert.Equal(1, items);
        }
    });

    [Fact]
    public async Task An_event_that_cannot_be_written_fails_where_it_is_published() => await OverAChannelAsync(async channel =>
    {
        foreach ((Poor value, _) in Poor)
        {
            EncodingException error = await Assert.ThrowsAsync<EncodingException>(() => channel.PublishAsync(new PoorEvent(value)).AsTask().WaitAsync(Limit));
            AssertNames(error, nameof(PoorEvent));
        }
    });

    [Fact]
    public async Task A_null_that_the_receiver_has_no_place_for_fails_its_call_alone() => await OverAChannelAsync(async channel =>
    {
        var sent = new Poor("t", null, null, null);
        AssertNames(
            await Assert.ThrowsAsync<EncodingException>(() =>
                channel.RequestAsync<Poor, Whole>("poor", sent).AsTask().WaitAsync(Limit)), nameof(Whole), "drawing");
        AssertNames(
            await Assert.ThrowsAsync<EncodingException>(() =>
                channel.RequestAsync<Poor, Poor>("whole", sent).AsTask().WaitAsync(Limit)), nameof(Whole), "drawing");
        AssertNames(
            await Assert.ThrowsAsync<EncodingException>(async () =>
            {
                await foreach (Whole _ in channel.StreamAsync<PoorStream, Whole>("poor-stream",
                    new PoorStream(0))) Assert.Fail("An item without a drawing came.");
            }).WaitAsync(Limit),
            nameof(Whole),
            "drawing");
    });

    [Fact]
    public async Task Random_records_come_back_over_a_channel() => await OverAChannelAsync(async channel =>
    {
        foreach (Drawing drawing in FsCheck.Fluent.Gen.Sample(RandomRecords.Of<Drawing>().Generator, 50))
        {
            var value = new Poor("t", drawing, [new("n", 1)], null);
            Same(value, await channel.RequestAsync(value).AsTask().WaitAsync(Limit));
        }
    });

    private async Task OverAChannelAsync(Func<ISmpiChannel, Task> test)
    {
        var network = new MemoryNetwork();
        await using ISmpiServer server = SmpiServer.Create(builder => builder
            .ListenMemory("records", network).UseEncoding(Encoding)
            .Handle((Poor value) => value)
            .Handle((Whole value) => new Poor(value.Drawing.Name, value.Drawing, null, null))
            .Handle((PoorAnswer ask) => Poor[ask.At].Value)
            .HandleStream((PoorStream ask, CancellationToken _) => ItemsAsync(Poor[ask.At].Value)));
        await server.ListenAsync().AsTask().WaitAsync(Limit);
        await using ISmpiChannel channel = SmpiChannel.Create(builder => builder.UseMemory("records", network).UseEncoding(Encoding));
        await channel.ConnectAsync().AsTask().WaitAsync(Limit);
        int generation = channel.Status.Generation;
        await test(channel);
        Assert.Equal("after", (await channel.RequestAsync(new Poor("after", null, null, null)).AsTask().WaitAsync(Limit)).Text);
        Assert.Equal(generation, channel.Status.Generation);
        Assert.Equal(ChannelState.Connected, channel.Status.State);
    }

    private static async IAsyncEnumerable<Poor> ItemsAsync(Poor value)
    {
        yield return new Poor("good", null, null, null);
        await Task.Yield();
        yield return value;
    }
}
