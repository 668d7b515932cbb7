namespace Smpi.Conformance;

/// <summary>The negative of a test: what a combination cannot carry is refused, typed, on both sides.</summary>
internal static class Refusal
{
    public static async Task IsTypedAsync(ChannelSetup setup, Action<SmpiBuilder>? handler, Func<ISmpiChannel, Task> call)
    {
        if (handler is not null)
        {
            Exception? refused = await Record.ExceptionAsync(async () =>
            {
                await using ISmpiServer server = SmpiServer.Create(builder =>
                {
                    setup.Server(builder);
                    handler(builder);
                });
                await server.ListenAsync().Soon();
            });
            Assert.IsType<SmpiConfigurationException>(refused);
        }

        await using ChannelPair pair = await ChannelPair.OpenAsync(setup);
        SmpiConfigurationException error = await Assert.ThrowsAsync<SmpiConfigurationException>(() => call(pair.Channel).Soon());
        Assert.Contains(pair.Channel.Status.Connection!.Format, error.Message, StringComparison.Ordinal);
    }

    public static async Task DrainAsync<T>(this IAsyncEnumerable<T> items)
    {
        await foreach (T item in items) _ = item;
    }

    public static async IAsyncEnumerable<Number> Numbers(int count)
    {
        for (int number = 0; number < count; number++) yield return new Number(number);
        await Task.CompletedTask;
    }
}
