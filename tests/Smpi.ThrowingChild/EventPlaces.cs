namespace Smpi.ThrowingChild;

/// <summary>Places in events: handlers, gaps, the token of a subscriber, observers.</summary>
internal static class EventPlaces
{
    public static IEnumerable<Place> All =>
    [
        new("event", "happened", stage => PublishAsync(stage, 1)) { Server = (builder, stage) => builder.HandleEvent((Happened _, CancellationToken _) => throw new Boom()) },
        new("event-later", "happened", stage => PublishAsync(stage, 1))
        {
            Server = (builder, stage) => builder.HandleEvent(async (Happened _, CancellationToken _) =>
            {
                await Task.Yield();
                stage.ThrowOnce();
            }),
        },
        new("event-unreadable", "any", async stage => await stage.Channel.PublishAsync("any", new Unwritable(true), null, default))
        {
            Server = (builder, _) => builder.HandleEvent("any", (Unwritable _, CallContext _, CancellationToken _) => default),
        },
        new("event-uncoded", "any", async stage => await stage.Channel.PublishAsync("any", 1, null, default))
        {
            Server = (builder, _) => builder.HandleEvent("any", (Uncoded _, CallContext _, CancellationToken _) => default),
        },
        new("event-unwritable", null, stage => CallPlaces.FailsAsync<EncodingException>(stage.Channel.PublishAsync("any", new Unwritable(false), null, default).AsTask())),
        new("gap", "happened", async stage =>
        {
            var more = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            using ISubscription subscription = stage.Channel.On<Happened>(
                async (happened, _) =>
                {
                    stage.Begun.TrySetResult();
                    await more.Task;
                },
                new SubscriptionOptions { WhenFull = WhenFull.DropOldest, Capacity = 1, OnGap = _ => throw new Boom() });
            await FromServerAsync(stage, 1);
            await stage.Begun.Task;
            await FromServerAsync(stage, 5);
            await Stage.UntilAsync(() => subscription.Dropped == 4);
            more.SetResult();
            await Stage.UntilAsync(() => subscription.Failed == 1);
        }),
        new("subscriber-token-dispose", "happened", async stage =>
        {
            ISubscription subscription = Hanging(stage, WhenFull.Wait);
            await FromServerAsync(stage, 1);
            await stage.Begun.Task;
            subscription.Dispose();
            await subscription.Completion;
        }),
        new("subscriber-token-overflow", "happened", async stage =>
        {
            ISubscription subscription = Hanging(stage, WhenFull.Fail);
            await FromServerAsync(stage, 1);
            await stage.Begun.Task;
            await FromServerAsync(stage, 9);
            await CallPlaces.FailsAsync<Exception>(subscription.Completion);
        }),
        new("observer-next", "happened", async stage =>
        {
            using IDisposable subscription = stage.Channel.Observe<Happened>().Subscribe(new Observer(stage, throwsNext: true));
            await FromServerAsync(stage, 1);
            await stage.Begun.Task;
        }),
        new("observer-completed", "happened", async stage =>
        {
            IDisposable subscription = stage.Channel.Observe<Happened>().Subscribe(new Observer(stage, throwsNext: false));
            await FromServerAsync(stage, 1);
            await stage.Begun.Task;
            subscription.Dispose();
        }),
    ];

    private static async Task PublishAsync(Stage stage, int count)
    {
        for (int number = 0; number < count; number++) await stage.Channel.PublishAsync(new Happened(number));
    }

    private static async Task FromServerAsync(Stage stage, int count)
    {
        await stage.Channel.ConnectAsync();
        ISmpiPeer peer = await stage.Peer;
        for (int number = 0; number < count; number++) await peer.PublishAsync(new Happened(number));
    }

    private static ISubscription Hanging(Stage stage, WhenFull policy) => stage.Channel.On<Happened>(
        async (_, ct) =>
        {
            Task wait = Task.Delay(Timeout.Infinite, ct);
            ct.Register(static () => throw new Boom());
            stage.Begun.TrySetResult();
            await wait;
        },
        new SubscriptionOptions { WhenFull = policy, Capacity = 1 });

    private sealed class Observer(Stage stage, bool throwsNext) : IObserver<Happened>
    {
        public void OnCompleted()
        {
            if (!throwsNext) throw new Boom();
        }

        public void OnError(Exception error) => throw error;

        public void OnNext(Happened value)
        {
            stage.Begun.TrySetResult();
            if (throwsNext) throw new Boom();
        }
    }
}
