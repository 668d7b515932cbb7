namespace Smpi.Bench;

/// <summary>Publishes a number of events to a group.</summary>
internal static class Burst
{
    private static readonly BroadcastOptions Wait = new() { WhenSlow = WhenSlow.Wait };

    public static async ValueTask PublishAsync(IPeerGroup peers, int count)
    {
        for (int number = 0; number < count; number++) await peers.PublishAsync("tick", new Tick(number), Wait, CancellationToken.None);
    }
}
