using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Smpi.ThrowingChild;

/// <summary>Places in calls: handlers, tokens, streams, codecs, middleware.</summary>
internal static class CallPlaces
{
    public static IEnumerable<Place> All =>
    [
        new("handler", "act", CallAsync) { Server = (builder, _) => builder.Handle(Pong (Act _) => throw new Boom()) },
        new("handler-later", "act", CallAsync)
        {
            Server = (builder, _) => builder.Handle(async (Act _, CancellationToken _) =>
            {
                await Task.Yield();
                return new Boom() is { } boom ? throw boom : new Pong(0);
            }),
        },
        new("handler-cancelled", "act", CancelAsync)
        {
            Server = (builder, stage) => builder.Handle(async (Act _, CancellationToken ct) =>
            {
                stage.Begun.SetResult();
                await Task.Delay(Timeout.Infinite, ct).ContinueWith(static _ => { }, TaskScheduler.Default);
                return new Boom() is { } boom ? throw boom : new Pong(0);
            }),
        },
        new("token-cancel", "act", CancelAsync) { Server = HangWithToken },
        new("token-disconnect", "act", async stage =>
        {
            await using ISmpiChannel other = stage.Connect(null);
            ValueTask<Pong> call = other.RequestAsync(new Act());
            await stage.Begun.Task;
            await other.DisposeAsync();
            await FailsAsync<ChannelClosedException>(call.AsTask());
        }) { Server = HangWithToken },
        new("token-deadline", "act", stage => FailsAsync<TimeoutException>(
            stage.Channel.RequestAsync(new Act(), new CallOptions { Deadline = TimeSpan.FromMilliseconds(300) }).AsTask())) { Server = HangWithToken },
        new("iterator", "stream", stage => FailsAsync<RemoteException>(ReadAsync(stage, int.MaxValue))) { Server = (builder, _) => builder.HandleStream((Stream _, CancellationToken ct) => ThrowingAsync(ct)) },
        new("iterator-finally", "stream", stage => ReadAsync(stage, 1)) { Server = (builder, _) => builder.HandleStream((Stream _, CancellationToken ct) => FinallyAsync(ct)) },
        new("iterator-token", "stream", stage => ReadAsync(stage, 1)) { Server = (builder, _) => builder.HandleStream((Stream _, CancellationToken ct) => TokenAsync(ct)) },
        new("source", null, stage => FailsAsync<Exception>(stage.Channel.RequestAsync(new Upload(), Numbers(ThrowingAsync(default))).AsTask())) { Server = Sum },
        new("source-finally", "upload", stage => stage.Channel.RequestAsync(new Upload(), Numbers(FinallyAsync(default))).AsTask()) { Server = Ignore },
        new("source-token", "upload", async stage => await stage.Channel.RequestAsync(new Upload(), new TokenSource())) { Server = Ignore },
        new("request-unwritable", null, stage => FailsAsync<EncodingException>(AskAsync<Unwritable, int>(stage, "any", new Unwritable(false)))),
        new("request-unreadable", null, stage => FailsAsync<EncodingException>(AskAsync<Unwritable, int>(stage, "any", new Unwritable(true)))) { Server = Handle<Unwritable, int>(1) },
        new("request-uncoded", null, stage => FailsAsync<EncodingException>(AskAsync<int, int>(stage, "any", 1))) { Server = Handle<Uncoded, int>(1) },
        new("answer-unwritable", "any", stage => FailsAsync<EncodingException>(AskAsync<int, int>(stage, "any", 1))) { Server = Handle<int, Unwritable>(new Unwritable(false)) },
        new("answer-unreadable", null, stage => FailsAsync<EncodingException>(AskAsync<int, Unwritable>(stage, "any", 1))) { Server = Handle<int, Unwritable>(new Unwritable(true)) },
        new("answer-uncoded", null, stage => FailsAsync<EncodingException>(AskAsync<int, Uncoded>(stage, "any", 1))) { Server = Handle<int, int>(1) },
        new("items-uncoded", null, stage => FailsAsync<EncodingException>(UncodedAsync(stage))) { Server = (builder, _) => builder.HandleStream((Stream _, CancellationToken ct) => ThrowingAsync(ct)), OthersMayFail = true },
        new("scope-disposal", "act", async stage => await stage.Channel.RequestAsync(new Act()))
        {
            Server = (builder, _) =>
            {
                builder.Settings<HandlerSettings>().Scopes = new ThrowingScopes();
                builder.Handle((Act act, string _, CancellationToken _) => new ValueTask<Pong>(new Pong(act.Number)));
            },
        },
        new("fault-detail", "child.detail", CallAsync)
        {
            Server = (builder, _) => builder.Handle(Pong (Act _) => throw new FaultException(new UnwritableDetail(), "It broke.")),
            OthersMayFail = true,
        },
        new("tracing", "act", async stage => await stage.Channel.RequestAsync(new Act()))
        {
            Server = (builder, stage) =>
            {
                ActivitySource.AddActivityListener(stage.Own(new ActivityListener
                {
                    ShouldListenTo = source => source.Name == "Smpi",
                    Sample = (ref ActivityCreationOptions<ActivityContext> options) => ActivitySamplingResult.AllData,
                    ActivityStopped = activity => ThrowFor(activity, stage),
                }));
                builder.Handle((Act act) => new Pong(act.Number));
            },
        },
        new("middleware", "act", CallAsync)
        {
            Server = (builder, _) => builder
                .UseIncoming((context, next) => context.Subject == "act" ? throw new Boom() : next())
                .Handle((Act act) => new Pong(act.Number)),
        },
        new("middleware-outgoing", null, stage => FailsAsync<Boom>(stage.Channel.RequestAsync(new Act()).AsTask()))
        {
            Client = (builder, _) => builder.UseOutgoing((context, next) => context.Subject == "act" ? throw new Boom() : next()),
        },
    ];

    private static Task CallAsync(Stage stage) => FailsAsync<RemoteException>(stage.Channel.RequestAsync(new Act()).AsTask());

    private static async Task CancelAsync(Stage stage)
    {
        using var cancel = new CancellationTokenSource();
        ValueTask<Pong> call = stage.Channel.RequestAsync(new Act(), cancel.Token);
        await stage.Begun.Task;
        await cancel.CancelAsync();
        await FailsAsync<OperationCanceledException>(call.AsTask());
    }

    public static async Task FailsAsync<T>(Task task)
        where T : Exception
    {
        try
        {
            await task;
        }
        catch (T)
        {
            return;
        }

        throw new InvalidOperationException($"No {typeof(T).Name} came.");
    }

    // The callback that throws runs first: the one that ends the wait comes after it.
    private static void HangWithToken(SmpiBuilder builder, Stage stage) => builder.Handle(async (Act _, CancellationToken ct) =>
    {
        Task wait = Task.Delay(Timeout.Infinite, ct);
        ct.Register(static () => throw new Boom());
        stage.Begun.SetResult();
        await wait;
        return new Pong(0);
    });

    private static void Sum(SmpiBuilder builder, Stage stage) => builder.HandleClientStream(async (Upload _, IAsyncEnumerable<int> numbers, CancellationToken _) =>
    {
        int sum = 0;
        await foreach (int number in numbers) sum += number;
        return new Pong(sum);
    });

    private static void Ignore(SmpiBuilder builder, Stage stage) => builder.HandleClientStream(async (Upload _, IAsyncEnumerable<int> numbers, CancellationToken _) =>
    {
        await foreach (int number in numbers) return new Pong(number);
        return new Pong(0);
    });

    private static Action<SmpiBuilder, Stage> Handle<TRequest, TResponse>(TResponse answer) =>
        (builder, _) => builder.Handle("any", (TRequest _, CallContext _, CancellationToken _) => new ValueTask<TResponse>(answer));

    private static Task<TResponse> AskAsync<TRequest, TResponse>(Stage stage, string subject, TRequest request) =>
        stage.Channel.RequestAsync<TRequest, TResponse>(subject, request, null, default).AsTask();

    private static async Task ReadAsync(Stage stage, int most)
    {
        await foreach (Pong _ in stage.Channel.StreamAsync(new Stream()))
        {
            if (--most == 0) return;
        }
    }

    private static async Task UncodedAsync(Stage stage)
    {
        await foreach (Uncoded _ in stage.Channel.StreamAsync<Stream, Uncoded>("stream", new Stream(), null, default)) throw new InvalidOperationException("An item came.");
    }

    private static async IAsyncEnumerable<Pong> ThrowingAsync([EnumeratorCancellation] CancellationToken ct)
    {
        await Task.Yield();
        yield return new Pong(1);
        ct.ThrowIfCancellationRequested();
        throw new Boom();
    }

    private static async IAsyncEnumerable<Pong> FinallyAsync([EnumeratorCancellation] CancellationToken ct)
    {
        try
        {
            yield return new Pong(1);
            await Task.Delay(Timeout.Infinite, ct);
        }
        finally
        {
            Throw();
        }
    }

    private static async IAsyncEnumerable<Pong> TokenAsync([EnumeratorCancellation] CancellationToken ct)
    {
        Task wait = Task.Delay(Timeout.Infinite, ct);
        ct.Register(static () => throw new Boom());
        yield return new Pong(1);
        await wait;
    }

    private static async IAsyncEnumerable<int> Numbers(IAsyncEnumerable<Pong> pongs, [EnumeratorCancellation] CancellationToken ct = default)
    {
        await foreach (Pong pong in pongs.WithCancellation(ct)) yield return pong.Number;
    }

    // The listener hears the activities of the whole process.
    private static void ThrowFor(Activity activity, Stage stage)
    {
        if (activity.OperationName == "act") stage.ThrowOnce();
    }

    private static void Throw() => throw new Boom();

    private sealed class TokenSource : IAsyncEnumerable<int>
    {
        public IAsyncEnumerator<int> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
            Numbers(TokenAsync(cancellationToken), cancellationToken).GetAsyncEnumerator(CancellationToken.None);
    }

    private sealed class ThrowingScopes : ICallScopeFactory, ICallScope, IServiceProvider
    {
        public IServiceProvider Services => this;

        public ICallScope Create(CallContext context) => this;

        public object? GetService(Type serviceType) => serviceType == typeof(string) ? "service" : null;

        public ValueTask DisposeAsync() => throw new Boom();
    }
}
