using System.Runtime.ExceptionServices;

namespace Smpi;

/// <summary>Runs work inside the post. The waiting work of a thread is bounded by the number of lanes.</summary>
internal sealed class InlineLoop : IEventLoopBinding
{
    // Belongs to the thread, not to the loop: lanes of several channels post one another on one stack.
    [ThreadStatic]
    private static Queue<IThreadPoolWorkItem>? _waiting;

    [ThreadStatic]
    private static bool _running;

    public bool ShouldYield => false;

    public void Post(IThreadPoolWorkItem work)
    {
        ArgumentNullException.ThrowIfNull(work);
        if (_running) (_waiting ??= new()).Enqueue(work);
        else Run(work);
    }

    public override string ToString() => "inline";

    private static void Run(IThreadPoolWorkItem work)
    {
        ExceptionDispatchInfo? failure = null;
        _running = true;
        IThreadPoolWorkItem? next = work;
        do
        {
            try
            {
                next.Execute();
            }
            catch (Exception error)
            {
                // The work that waits belongs to others: it runs before the poster hears of the failure.
                failure ??= ExceptionDispatchInfo.Capture(error);
            }
        }
        while (_waiting is not null && _waiting.TryDequeue(out next));

        _running = false;
        failure?.Throw();
    }
}
