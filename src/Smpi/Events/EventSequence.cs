using System.Threading.Channels;

namespace Smpi;

/// <summary>Events as an asynchronous sequence. The handler waits for the consumer, so the subscription's policy holds for the sequence too.</summary>
internal sealed class EventSequence<T> : IAsyncEnumerable<T>
{
    private readonly Channel<T> _items = Channel.CreateBounded<T>(new BoundedChannelOptions(16) { SingleReader = true, SingleWriter = true });
    private readonly ISubscription _subscription;

    public EventSequence(IEventBus bus, string subject, SubscriptionOptions? options)
    {
        _subscription = bus.Subscribe<T>(subject, (value, ct) => _items.Writer.WriteAsync(value, ct), options);
        _subscription.Completion.ContinueWith(
            done => _items.Writer.TryComplete(done.Exception?.InnerException), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    public async IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        using ISubscription subscription = _subscription;
        await foreach (T item in _items.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false)) yield return item;
    }
}
