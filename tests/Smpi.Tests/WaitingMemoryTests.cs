namespace Smpi.Tests;

/// <summary>What is left of those who waited. It looks at the memory of the process, so that nothing else runs beside it.</summary>
[CollectionDefinition(nameof(WaitingMemoryTests), DisableParallelization = true)]
[Collection(nameof(WaitingMemoryTests))]
public sealed class WaitingMemoryTests
{
    [Fact]
    public async Task Callers_that_give_up_waiting_for_a_place_leave_nothing_behind()
    {
        (Lawless peer, ISmpiChannel channel) = await Lawless.AcceptAsync();
        await using Lawless silent = peer;
        await using ISmpiChannel disposal = channel;
        Task[] open = [.. Enumerable.Range(0, 1024).Select(number => channel.RequestAsync<int, int>("any", number).AsTask())];
        await GiveUpAsync(channel, 1000);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        await GiveUpAsync(channel, 20_000);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 2_000_000);
        await channel.DisposeAsync();
        foreach (Task call in open) await Assert.ThrowsAsync<ChannelClosedException>(() => call);

        static async Task GiveUpAsync(ISmpiChannel channel, int callers)
        {
            using var stop = new CancellationTokenSource();
            Task[] waiting = [.. Enumerable.Range(0, callers).Select(number => channel.RequestAsync<int, int>("any", number, null, stop.Token).AsTask())];
            await stop.CancelAsync();
            foreach (Task call in waiting) await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        }
    }
}
