using System.Diagnostics;
using Smpi;

namespace Quickstart;

/// <summary>Everything a channel can do, over whatever the address names.</summary>
internal static class Tour
{
    public static async Task RunAsync(string address)
    {
        long start = Stopwatch.GetTimestamp();
        await using ISmpiChannel channel = await SmpiChannel.ConnectAsync(address, builder => builder
            .UseJson(QuickstartJson.Default)
            .Handle((WhoAreYou _) => new Name("the host")));

        // A request with its typed answer.
        Sum sum = await channel.RequestAsync(new Add(1, 2));
        Say("request", $"1 + 2 = {sum.Value}, the first reply after {Stopwatch.GetElapsedTime(start).TotalMilliseconds:0.0} ms");

        // Events arrive as the worker writes them.
        var cancelled = new TaskCompletionSource();
        using ISubscription log = channel.On<LogLine>(line =>
        {
            Say("event", line.Text);
            if (line.Text.Contains("cancelled", StringComparison.Ordinal)) cancelled.TrySetResult();
        });

        // A stream, left half way: leaving it cancels it at the worker.
        await foreach (Tick tick in channel.StreamAsync(new Ticks(EveryMilliseconds: 20)))
        {
            Say("stream", $"item {tick.Number}");
            if (tick.Number == 3) break;
        }

        await cancelled.Task.WaitAsync(TimeSpan.FromSeconds(10));

        // A typed error.
        try
        {
            await channel.RequestAsync(new Withdraw("savings", 130));
        }
        catch (RemoteException error) when (error.TryGet(out Overdrawn? overdrawn))
        {
            Say("error", $"{error.Message} ({error.Code}: {overdrawn.Missing} missing)");
        }

        // A call in the other direction: the worker asks who we are before it greets.
        Greeting greeting = await channel.RequestAsync(new Greet());
        Say("both ways", greeting.Text);

        // A deadline that passes.
        try
        {
            await channel.RequestAsync(new Think(Seconds: 60), new CallOptions { Deadline = TimeSpan.FromMilliseconds(100) });
        }
        catch (TimeoutException error)
        {
            Say("deadline", error.Message);
        }
    }

    private static void Say(string what, string text) => Console.WriteLine($"  {what,-10} {text}");
}
