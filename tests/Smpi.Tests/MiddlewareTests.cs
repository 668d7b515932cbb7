using System.Collections.Concurrent;

namespace Smpi.Tests;

public sealed class MiddlewareTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Middleware_runs_around_calls_in_both_directions_outermost_first()
    {
        var seen = new ConcurrentQueue<string>();
        await using Pair pair = await Pair.OpenAsync(
            server => server.UseIncoming((call, next) => Around(seen, "in 1", call.Subject, next)).UseIncoming((call, next) => Around(seen, "in 2", call.Subject, next)),
            client => client.UseOutgoing((call, next) => Around(seen, "out", call.Subject, next)));
        Assert.Equal(1, (await pair.Channel.RequestAsync(new Ping(1)).AsTask().WaitAsync(Soon)).Number);
        Assert.Equal(["+out ping", "+in 1 ping", "+in 2 ping", "-in 2 ping", "-in 1 ping", "-out ping"], seen);
        seen.Clear();
        int items = 0;
        await foreach (Pong _ in pair.Channel.StreamAsync(new Count(10))) items++;
        Assert.Equal(10, items);
        await Eventually.IsTrueAsync(() => seen.Count == 6);
        Assert.Contains("-out count", seen);
        Assert.Contains("-in 1 count", seen);
    }

    [Fact]
    public async Task Middleware_refuses_by_throwing_and_adds_headers()
    {
        await using Pair pair = await Pair.OpenAsync(
            server => server.UseIncoming((call, next) => call.Headers?["key"] == "open sesame" ? next() : throw new FaultException(ErrorCode.Unauthenticated, "Say the word.")),
            client => client.UseOutgoing((call, next) =>
            {
                if (call.Subject == "ping") call.Options = call.Options with { Headers = new Headers { { "key", "open sesame" } } };
                return next();
            }));
        Assert.Equal(1, (await pair.Channel.RequestAsync(new Ping(1)).AsTask().WaitAsync(Soon)).Number);
        RemoteException refused = await Assert.ThrowsAsync<RemoteException>(async () => await pair.Channel.RequestAsync(new Break()));
        Assert.Equal(ErrorCode.Unauthenticated, refused.Code);
        RemoteException stream = await Assert.ThrowsAsync<RemoteException>(async () =>
        {
            await foreach (Pong _ in pair.Channel.StreamAsync(new Count(10))) Assert.Fail("An item came.");
        });
        Assert.Equal("Say the word.", stream.Message);
    }

    [Fact]
    public async Task Middleware_that_does_not_go_on_is_an_error_with_a_sentence()
    {
        await using Pair pair = await Pair.OpenAsync(server => server.UseIncoming((_, _) => Task.CompletedTask));
        RemoteException error = await Assert.ThrowsAsync<RemoteException>(async () => await pair.Channel.RequestAsync(new Ping(1)));
        Assert.Contains("neither went on nor refused", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calls_that_block_run_side_by_side_when_dispatched_one_by_one()
    {
        using var all = new CountdownEvent(4);
        await using Pair pair = await Pair.OpenAsync(server => server.WithOptions(options => options.Dispatch = Dispatch.PerCall).Handle((Hang hang) =>
        {
            all.Signal();
            all.Wait(Soon);
            return new Pong(hang.Id, "together");
        }));
        Pong[] pongs = await Task.WhenAll(Enumerable.Range(0, 4).Select(id => pair.Channel.RequestAsync(new Hang(id)).AsTask())).WaitAsync(Soon);
        Assert.Equal(Enumerable.Range(0, 4), pongs.Select(pong => pong.Number));
    }

    private static async Task Around(ConcurrentQueue<string> seen, string name, string subject, Func<Task> next)
    {
        seen.Enqueue($"+{name} {subject}");
        await next();
        seen.Enqueue($"-{name} {subject}");
    }
}
