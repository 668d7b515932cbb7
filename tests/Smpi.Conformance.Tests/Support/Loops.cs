using System.Collections.Concurrent;

namespace Smpi.Conformance.Tests;

/// <summary>Every event loop that exists, each made new.</summary>
internal static class Loops
{
    public static IReadOnlyDictionary<string, Func<LoopDriver>> All { get; } = new Dictionary<string, Func<LoopDriver>>
    {
        ["pool"] = () => new Pool(),
        ["inline"] = () => new Inline(),
        ["context"] = () => new Context(),
        ["scheduler"] = () => new LoopDriver(EventLoop.From(new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler)),
        ["thread"] = () => new Dedicated(new DedicatedThreadLoop("conformance")),
        ["pumped"] = () => new Pumped(new PumpedLoop()),
    };

    private sealed class Pool() : LoopDriver(EventLoop.ThreadPool)
    {
        public override bool IsSerial => false;
    }

    private sealed class Inline() : LoopDriver(EventLoop.Inline)
    {
        public override bool IsInline => true;
    }

    private sealed class Context(Queue queue) : LoopDriver(EventLoop.From(queue))
    {
        public Context()
            : this(new Queue())
        {
        }

        public override void Drive() => queue.Run();
    }

    private sealed class Dedicated(DedicatedThreadLoop loop) : LoopDriver(loop)
    {
        public override async ValueTask<bool> EndAsync()
        {
            await loop.DisposeAsync();
            return true;
        }
    }

    private sealed class Pumped(PumpedLoop loop) : LoopDriver(loop)
    {
        public override void Drive() => loop.RunPending(TimeSpan.FromMilliseconds(20));

        public override ValueTask<bool> EndAsync()
        {
            loop.Dispose();
            return new(true);
        }
    }

    /// <summary>A context as a UI thread has it: a queue that its owner runs.</summary>
    private sealed class Queue : SynchronizationContext
    {
        private readonly ConcurrentQueue<(SendOrPostCallback Run, object? State)> _posts = [];

        public override void Post(SendOrPostCallback d, object? state) => _posts.Enqueue((d, state));

        public void Run()
        {
            SynchronizationContext? outer = Current;
            SetSynchronizationContext(this);
            while (_posts.TryDequeue(out (SendOrPostCallback Run, object? State) post)) post.Run(post.State);
            SetSynchronizationContext(outer);
        }
    }
}
