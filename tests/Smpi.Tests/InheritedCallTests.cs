namespace Smpi.Tests;

/// <summary>Calls and events that belong to a call of the peer, and what their handlers know.</summary>
public sealed class InheritedCallTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_handler_of_an_event_knows_its_headers(bool isFirst)
    {
        var heard = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using Pair pair = await Pair.OpenAsync(builder => builder
            .HandleEvent("told", (int _, CallContext context, CancellationToken _) =>
            {
                heard.TrySetResult(context.Headers?["tenant"]);
                return default;
            })
            .HandleEvent(async (Noted _, CallContext context, CancellationToken _) =>
            {
                await Task.Yield();
                heard.TrySetResult(context.Headers?["tenant"]);
            }));
        var headers = new Headers();
        headers.Add("tenant", "blue");
        if (isFirst) await pair.Channel.PublishAsync("told", 1, headers, default);
        else await pair.Channel.PublishAsync("noted", new Noted(1), headers, default);
        Assert.Equal("blue", await heard.Task.WaitAsync(Soon));
    }

    [Fact]
    public async Task Events_with_and_without_headers_keep_their_own()
    {
        var heard = new System.Collections.Concurrent.ConcurrentQueue<string?>();
        await using Pair pair = await Pair.OpenAsync(builder => builder.HandleEvent("told", (int _, CallContext context, CancellationToken _) =>
        {
            heard.Enqueue(context.Headers?["number"]);
            return default;
        }));
        for (int number = 0; number < 20; number++)
        {
            Headers? headers = null;
            if (number % 2 == 0) (headers = []).Add("number", $"{number}");
            await pair.Channel.PublishAsync("told", number, headers, default);
        }

        await Eventually.IsTrueAsync(() => heard.Count == 20);
        Assert.Equal(Enumerable.Range(0, 20).Select(number => number % 2 == 0 ? $"{number}" : null), heard);
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, true)]
    [InlineData(true, false)]
    public async Task A_stream_through_the_caller_ends_with_the_call_and_with_its_own_token(bool hasToken, bool endsCall)
    {
        var ended = new TaskCompletionSource<Exception?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var own = new CancellationTokenSource();
        await using Pair pair = await Pair.OpenAsync(
            builder => builder.Handle(async (Hang _, CallContext context, CancellationToken _) =>
            {
                try
                {
                    await foreach (Pong _ in context.Caller.StreamAsync(new Count(1), hasToken ? own.Token : default)) begun.TrySetResult();
                    ended.TrySetResult(null);
                }
                catch (OperationCanceledException error)
                {
                    ended.TrySetResult(error);
                }

                return new Pong(0, "");
            }),
            builder => builder.HandleStream((Count _, CancellationToken ct) => ForeverAsync(ct)));
        using var cancel = new CancellationTokenSource();
        Task<Pong> call = pair.Channel.RequestAsync(new Hang(1), cancel.Token).AsTask();
        await begun.Task.WaitAsync(Soon);
        if (endsCall) await cancel.CancelAsync();
        else await own.CancelAsync();
        Assert.IsAssignableFrom<OperationCanceledException>(await ended.Task.WaitAsync(Soon));
        if (endsCall) await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        else await call.WaitAsync(Soon);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_event_through_the_caller_is_not_sent_once_the_call_is_cancelled(bool hasToken)
    {
        var ended = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var own = new CancellationTokenSource();
        await using Pair pair = await Pair.OpenAsync(builder => builder.Handle(async (Hang _, CallContext context, CancellationToken ct) =>
        {
            begun.SetResult();
            await Task.Delay(Timeout.Infinite, ct).ContinueWith(static _ => { }, TaskScheduler.Default);
            ValueTask publish = context.Caller.PublishAsync(new Happened(1), hasToken ? own.Token : default);
            await publish.AsTask().ContinueWith(done => ended.SetResult(done.IsCanceled), TaskScheduler.Default);
            return new Pong(0, "");
        }));
        using var cancel = new CancellationTokenSource();
        Task<Pong> call = pair.Channel.RequestAsync(new Hang(1), cancel.Token).AsTask();
        await begun.Task.WaitAsync(Soon);
        await cancel.CancelAsync();
        Assert.True(await ended.Task.WaitAsync(Soon));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    private static async IAsyncEnumerable<Pong> ForeverAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        yield return new Pong(1, "");
        await Task.Delay(Timeout.Infinite, ct);
    }

    [SmpiMessage("noted")]
    private sealed record Noted(int Number) : IEvent;
}
