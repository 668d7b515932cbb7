namespace Smpi.Bench.Serial;

/// <summary>All workloads. A new one is one line in <see cref="All"/>.</summary>
internal static class Catalogue
{
    private const int Items = 100_000;
    private const int Burst = 256;
    private const int Large = 1 << 20;

    private static readonly PooledBody Payload = PooledBody.Rent(Large, out _);

    public static IReadOnlyList<Workload> All { get; } =
    [
        new("call 1", MessagePack, link => Calls(link, 1, 4096)),
        new("call 64", MessagePack, link => Calls(link, 64, 128)),
        new("call 512", MessagePack, link => Calls(link, 512, 32)),
        new("call 64 json", Json, link => Calls(link, 64, 64)),
        new("stream", MessagePack, Stream),
        new("events", MessagePack, Events),
        new("large", MessagePack, Echo),
    ];

    // Generated shapes and no others: a record without one is an error, not reflection.
    private static MessagePackEncoding MessagePack() => MessagePackEncoding.OfShapes(new MessagePackEncodingOptions());

    private static JsonEncoding Json() => new(SerialJson.Default);

    // Callers that call again when they have their answer: from the second call on, a delivery carries the calls of all of them.
    private static long Calls(Link link, int callers, int each)
    {
        var tasks = new Task[callers];
        for (int number = 0; number < callers; number++) tasks[number] = CallAsync(link.Channel, each);
        foreach (Task task in tasks) link.Wait(task);
        return (long)callers * each;
    }

    private static async Task CallAsync(ISmpiChannel channel, int count)
    {
        for (int number = 0; number < count; number++) await channel.RequestAsync(Row.Sample);
    }

    private static long Stream(Link link)
    {
        Task<int> work = StreamAsync(link.Channel);
        link.Wait(work);
        return work.Result == Items ? Items : throw new InvalidOperationException($"The stream had {work.Result} items, not {Items}.");
    }

    private static async Task<int> StreamAsync(ISmpiChannel channel)
    {
        int count = 0;
        await foreach (Row _ in channel.StreamAsync(new Rows(Items))) count++;
        return count;
    }

    private static long Events(Link link)
    {
        long before = link.Events;
        for (int number = 0; number < Items; number++)
        {
            ValueTask publication = link.Channel.PublishAsync(new Tick(number));
            if (!publication.IsCompletedSuccessfully) link.Wait(publication.AsTask());
            if (number % Burst == Burst - 1) link.Deliver();
        }

        while (link.Deliver())
        {
        }

        long count = link.Events - before;
        return count == Items ? Items : throw new InvalidOperationException($"{count} events arrived, not {Items}.");
    }

    private static long Echo(Link link)
    {
        const int Count = 8;
        link.Wait(EchoAsync(link.Channel, Count));
        return Count;
    }

    private static async Task EchoAsync(ISmpiChannel channel, int count)
    {
        for (int number = 0; number < count; number++)
        {
            using PooledBody answer = await channel.RequestAsync<PooledBody, PooledBody>("octets", Payload, null, CancellationToken.None);
        }
    }
}
