namespace Smpi;

/// <summary>Events as an observable.</summary>
internal sealed class EventObservable<T>(IEventBus bus, string subject, SubscriptionOptions? options) : IObservable<T>
{
    public IDisposable Subscribe(IObserver<T> observer)
    {
        ISubscription subscription = bus.Subscribe<T>(subject, Next, options);
        subscription.Completion.ContinueWith(
            Ended,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        return subscription;

        void Ended(Task done)
        {
            try
            {
                if (done.Exception is { } error) observer.OnError(error.InnerException ?? error);
                else observer.OnCompleted();
            }
            catch (Exception error) when (subscription is IFailureCount failures)
            {
                failures.CountFailure(error);
            }
        }

        ValueTask Next(T value, CancellationToken ct)
        {
            observer.OnNext(value);
            return default;
        }
    }
}
