using System.ComponentModel;
using System.Threading.Tasks.Sources;

namespace Smpi;

/// <summary>Brings an await back to its synchronization context: at once where that context runs already, by a post otherwise.</summary>
/// <remarks>
/// The source of an await posts every continuation, even to a context that is running, and what a posted continuation sends goes out alone. Brought back at
/// once, the continuations of a batch run in the lane that completes them, and what they send goes out together. It is made once for an awaited object and
/// allocates nothing afterwards.
/// </remarks>
internal sealed class ContextReturn
{
    private static readonly Action<object?> Completed = static state => ((ContextReturn)state!).Return();
    private static readonly SendOrPostCallback Posted = static state => ((ContextReturn)state!).Continue();

    private Action<object?>? _continuation;
    private object? _state;
    private SynchronizationContext? _context;

    /// <summary>Whether who awaits here wants to come back to somewhere of its own, such as a user interface's thread.</summary>
    public static bool IsOnContext =>
        (SynchronizationContext.Current is { } context && context.GetType() != typeof(SynchronizationContext)) || TaskScheduler.Current != TaskScheduler.Default;

    /// <summary>Has a source continue where the caller awaits; in place of the source's own method.</summary>
    /// <param name="source">The source, which completes in a lane.</param>
    /// <param name="way">The way back of the awaited object; made when it is first needed.</param>
    /// <param name="continuation">What goes on.</param>
    /// <param name="state">Its argument.</param>
    /// <param name="token">The version of the source.</param>
    /// <param name="flags">What the awaiter asks for.</param>
    public static void OnCompleted<T>(
        ref ManualResetValueTaskSourceCore<T> source, ref ContextReturn? way, Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
    {
        // What is complete already was completed elsewhere: the source posts by itself.
        if ((flags & ValueTaskSourceOnCompletedFlags.UseSchedulingContext) == 0
            || SynchronizationContext.Current is not { } context
            || context.GetType() == typeof(SynchronizationContext)
            || source.GetStatus(token) != ValueTaskSourceStatus.Pending)
        {
            source.OnCompleted(continuation, state, token, flags);
            return;
        }

        way ??= new ContextReturn();
        way._continuation = continuation;
        way._state = state;
        way._context = context;
        source.OnCompleted(Completed, way, token, flags & ~ValueTaskSourceOnCompletedFlags.UseSchedulingContext);
    }

    private void Return()
    {
        SynchronizationContext context = _context!;
        if (ReferenceEquals(SynchronizationContext.Current, context))
        {
            Continue();
            return;
        }

        try
        {
            context.Post(Posted, this);
        }
        catch (Exception error)
        {
            // Awaiters must complete even when their context has ended, or fails: the lane reports the latter.
            ThreadPool.UnsafeQueueUserWorkItem(static way => way.Continue(), this, preferLocal: false);
            if (error is not (InvalidOperationException or InvalidAsynchronousStateException)) throw;
        }
    }

    private void Continue()
    {
        Action<object?> continuation = _continuation!;
        object? state = _state;

        // The continuation gives the awaited object back to its pool, and may use it again.
        _continuation = null;
        _state = null;
        _context = null;
        continuation(state);
    }
}
