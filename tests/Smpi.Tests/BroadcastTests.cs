using System.Collections.Concurrent;

namespace Smpi.Tests;

/// <summary>One event to many peers, whose body is encoded once and used again for a later one.</summary>
public sealed class BroadcastTests
{
    private const int Events = 3000;

    [Theory]
    [InlineData(WhenSlow.DropOldest)]
    [InlineData(WhenSlow.Wait)]
    public async Task Every_peer_gets_whole_events_in_order_while_one_is_slow(WhenSlow whenSlow)
    {
        await using Pair pair = await Pair.OpenAsync();
        await using ISmpiChannel quick = pair.Connect();
        await using ISmpiChannel slow = pair.Connect();
        ConcurrentQueue<Told>[] seen = [new(), new(), new()];
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        ISmpiChannel[] channels = [pair.Channel, quick, slow];
        long gap = 0;
        for (int index = 0; index < channels.Length; index++)
        {
            int number = index;
            channels[index].On(
                async (Told told, CancellationToken _) =>
                {
                    if (number == 2) await go.Task;
                    seen[number].Enqueue(told);
                },
                new SubscriptionOptions { OnGap = lost => Interlocked.Add(ref gap, number == 2 ? lost.Lost ?? 0 : 0) });
            await channels[index].ConnectAsync();
        }

        await Eventually.IsTrueAsync(() => pair.Server.Peers.Count == 3);
        Task publishing = Task.Run(async () =>
        {
            for (int number = 0; number < Events; number++)
            {
                await pair.Server.Peers.PublishAsync(Told.Of(number), new BroadcastOptions { WhenSlow = whenSlow });

                // The quick ones are never so far behind that they lose something.
                if (whenSlow == WhenSlow.DropOldest) await Eventually.IsTrueAsync(() => seen[0].Count > number - 30 && seen[1].Count > number - 30);
            }
        });
        if (whenSlow == WhenSlow.DropOldest) await publishing.WaitAsync(TimeSpan.FromSeconds(60));
        go.SetResult();
        await publishing.WaitAsync(TimeSpan.FromSeconds(60));
        long dropped = pair.Server.Peers.Sum(peer => peer.DroppedEvents);
        Assert.Equal(whenSlow == WhenSlow.DropOldest, dropped > 0);
        await Eventually.IsTrueAsync(() => seen[0].Count == Events && seen[1].Count == Events && seen[2].Count + dropped == Events);

        // What was lost is announced with the next event.
        await pair.Server.Peers.PublishAsync(Told.Of(Events));
        await Eventually.IsTrueAsync(() => seen.All(queue => queue.LastOrDefault()?.Number == Events) && Interlocked.Read(ref gap) == dropped);
        foreach (ConcurrentQueue<Told> queue in seen)
        {
            Told[] told = [.. queue];
            Assert.All(told, one => Assert.Equal(Told.Of(one.Number).Text, one.Text));
            Assert.Equal(told.Select(one => one.Number).Order(), told.Select(one => one.Number));
        }
    }

    private sealed record Told(int Number, string Text) : IEvent
    {
        public static Told Of(int number) => new(number, new string((char)('a' + (number % 26)), 500 + (number % 700)));
    }
}
