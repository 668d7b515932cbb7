namespace Smpi;

/// <summary>Events as an observable.</summary>
internal sealed class EventObservable<T>(IEventBus bus, string subject, SubscriptionOptions? options) : IObservable<T>
{
    public IDisposable Subscribe(IObserver<T> observer)
    {
        ISubscription subscription = bus.Subscribe<T>(subject, Next, options);
        subscription.Completion.ContinueWith(
            done =>
            {
                if (done.Exception is { } error) observer.OnError(error.InnerException ?? error);
                else observer.OnCompleted();
            },
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        return subscription;

        ValueTask Next(T value, CancellationToken ct)
        {
            observer.OnNext(value);
            return default;
        }
    }
}
