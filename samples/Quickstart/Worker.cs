using System.Runtime.CompilerServices;
using Smpi;

namespace Quickstart;

/// <summary>The second process: it serves one address until its host is gone.</summary>
internal static class Worker
{
    public static async Task RunAsync(string address)
    {
        await using ISmpiServer server = await SmpiServer.ListenAsync(address, builder => builder
            .UseJson(QuickstartJson.Default)
            .Handle((Add add) => new Sum(add.Left + add.Right))
            .HandleStream((Ticks ticks, CallContext call, CancellationToken ct) => TickAsync(ticks, call, ct))
            .Handle((Withdraw withdraw) => withdraw.Amount <= 100 ? new Balance(100 - withdraw.Amount) : throw new FaultException(new Overdrawn(withdraw.Amount - 100), "There is not that much."))
            .Handle(async (Greet _, CallContext call, CancellationToken ct) => new Greeting($"Hello, {(await call.Caller.RequestAsync(new WhoAreYou(), ct)).Value}!"))
            .Handle(async (Think think, CancellationToken ct) =>
            {
                await Task.Delay(TimeSpan.FromSeconds(think.Seconds), ct);
                return new Sum(42);
            }));

        // Over stdio this line goes to standard error by itself: the wire cannot be corrupted by it.
        Console.WriteLine(server.Address);
        await Task.Delay(Timeout.Infinite);
    }

    private static async IAsyncEnumerable<Tick> TickAsync(Ticks ticks, CallContext call, [EnumeratorCancellation] CancellationToken ct)
    {
        try
        {
            for (int number = 1; ; number++)
            {
                await call.Caller.PublishAsync(new LogLine($"tick {number}"), ct);
                yield return new Tick(number);
                await Task.Delay(ticks.EveryMilliseconds, ct);
            }
        }
        finally
        {
            // What goes through Caller ends with the call; the peer is there after it.
            await call.Peer!.PublishAsync(new LogLine("the stream was cancelled, and the worker knows"), CancellationToken.None);
        }
    }
}
