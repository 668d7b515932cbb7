namespace Smpi;

/// <summary>Brings awaits of a channel to its event loop that would complete on another thread.</summary>
/// <remarks>
/// What the reader completes continues in a lane, and so on the loop. Making a connection, waiting for a place or for room, retries and
/// middleware end on threads of the pool, and a task does not continue inline on a thread that has a synchronization context of its own.
/// </remarks>
internal static class LoopReturn
{
    /// <summary>Whether the loop is one place: the pool is everywhere, and the inline loop is wherever something completes.</summary>
    public static bool IsPlace(IEventLoopBinding loop) => loop is not (ThreadPoolLoop or InlineLoop);

    /// <summary>Completes on the loop what has not completed yet.</summary>
    public static ValueTask<T> On<T>(ChannelBase channel, ValueTask<T> work) =>
        work.IsCompleted || !IsPlace(channel.Plan.EventLoop)
            ? work
            : new LoopReturn<T>(channel.Plan.EventLoop, channel.Diagnostics).Of(work);

    /// <inheritdoc cref="On{T}(ChannelBase, ValueTask{T})"/>
    public static ValueTask On(ChannelBase channel, ValueTask work) =>
        work.IsCompleted || !IsPlace(channel.Plan.EventLoop)
            ? work
            : new LoopReturn<bool>(channel.Plan.EventLoop, channel.Diagnostics).Of(work);

    /// <summary>The same items, each of them on the loop.</summary>
    public static IAsyncEnumerable<T> On<T>(ChannelBase channel, IAsyncEnumerable<T> items) =>
        IsPlace(channel.Plan.EventLoop) ? new LoopSequence<T>(channel.Plan.EventLoop, channel.Diagnostics, items) : items;

    /// <summary>Completes a wait for a connection on the loop, unless nobody has run the loop yet.</summary>
    /// <remarks>A program may connect first and pump its loop afterwards: such a wait would have no end.</remarks>
    public static ValueTask<T> Connected<T>(ChannelBase channel, ValueTask<T> work) =>
        work.IsCompleted || !IsPlace(channel.Plan.EventLoop)
            ? work
            : new LoopReturn<T>(channel.Plan.EventLoop, channel.Diagnostics) { PassesIdleLoop = true }.Of(work);

    /// <inheritdoc cref="Connected{T}(ChannelBase, ValueTask{T})"/>
    public static ValueTask Connected(ChannelBase channel, ValueTask work) =>
        work.IsCompleted || !IsPlace(channel.Plan.EventLoop)
            ? work
            : new LoopReturn<bool>(channel.Plan.EventLoop, channel.Diagnostics) { PassesIdleLoop = true }.Of(work);

    /// <summary>The same events, each of them on the loop of their subscription.</summary>
    public static IAsyncEnumerable<T> Events<T>(IEventBus bus, SubscriptionOptions? options, IAsyncEnumerable<T> events)
    {
        while (bus is IChannelView view) bus = view.Below;
        if (bus is not ChannelBase channel) return events;
        IEventLoopBinding loop = options?.EventLoop ?? channel.Plan.EventLoop;
        return IsPlace(loop) ? new LoopSequence<T>(loop, channel.Diagnostics, events) : events;
    }

    /// <summary>Whether the caller runs on the loop, as far as that can be seen.</summary>
    public static bool IsHere(IEventLoopBinding loop) => loop switch
    {
        SynchronizationContextLoop context => context.IsHere,
        TaskSchedulerLoop scheduler => scheduler.IsHere,
        _ => SynchronizationContext.Current is LoopContext context && ReferenceEquals(context.Owner, loop),
    };
}
