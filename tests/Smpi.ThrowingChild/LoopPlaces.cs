namespace Smpi.ThrowingChild;

/// <summary>Places in event loops.</summary>
internal static class LoopPlaces
{
    public static IEnumerable<Place> All =>
    [
        new("loop-post", "EventLoop", async stage => await CallAsync(stage)) { Server = (builder, stage) => builder.RunOn(new Loop(stage, throwsPost: true)).Handle((Act act) => new Pong(act.Number)) },
        new("loop-should-yield", "EventLoop", async stage => await CallAsync(stage)) { Server = (builder, stage) => builder.RunOn(new Loop(stage, throwsPost: false)).Handle((Act act) => new Pong(act.Number)) },
        new("context-post", "EventLoop", async stage => await CallAsync(stage)) { Server = (builder, stage) => builder.RunOn(EventLoop.From(new Context(stage))).Handle((Act act) => new Pong(act.Number)) },
        new("scheduler", "EventLoop", async stage => await CallAsync(stage)) { Server = (builder, stage) => builder.RunOn(EventLoop.From(new Scheduler(stage))).Handle((Act act) => new Pong(act.Number)) },
        new("loop-async-void", "EventLoop", async stage => await CallAsync(stage))
        {
            Server = (builder, stage) => builder.RunOn(new DedicatedThreadLoop()).Handle((Act act) =>
            {
                Leave();
                return new Pong(act.Number);
            }),
        },
        new("continuation", "EventLoop", async stage =>
        {
            await stage.Channel.ConnectAsync();
            System.Runtime.CompilerServices.ConfiguredValueTaskAwaitable<Pong>.ConfiguredValueTaskAwaiter call = default;
            await Task.Run(() =>
            {
                call = stage.Channel.RequestAsync(new Act()).ConfigureAwait(false).GetAwaiter();
                call.UnsafeOnCompleted(() =>
                {
                    stage.Begun.SetResult();
                    call.GetResult();
                    throw new Boom();
                });
            });
            stage.Ready.SetResult();
            await stage.Begun.Task;
        }) { Server = (builder, stage) => builder.Handle(async (Act act, CancellationToken _) =>
        {
            await stage.Ready.Task;
            return new Pong(act.Number);
        }) },
    ];

    private static async Task CallAsync(Stage stage)
    {
        try
        {
            await stage.Channel.RequestAsync(new Act());
        }
        catch (RemoteException)
        {
            // A loop that takes no work answers so.
        }
    }

    private static async void Leave()
    {
        await Task.Yield();
        throw new Boom();
    }

    private sealed class Loop(Stage stage, bool throwsPost) : IEventLoopBinding
    {
        public bool ShouldYield
        {
            get
            {
                if (!throwsPost) stage.ThrowOnce();
                return false;
            }
        }

        public void Post(IThreadPoolWorkItem work)
        {
            if (throwsPost) stage.ThrowOnce();
            ThreadPool.UnsafeQueueUserWorkItem(work, preferLocal: false);
        }
    }

    private sealed class Context(Stage stage) : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state)
        {
            stage.ThrowOnce();
            base.Post(d, state);
        }
    }

    private sealed class Scheduler(Stage stage) : TaskScheduler
    {
        protected override IEnumerable<Task> GetScheduledTasks() => [];

        protected override void QueueTask(Task task)
        {
            stage.ThrowOnce();
            ThreadPool.UnsafeQueueUserWorkItem(_ => TryExecuteTask(task), null);
        }

        protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;
    }
}
