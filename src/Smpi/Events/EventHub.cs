using System.Globalization;

namespace Smpi;

/// <summary>The subscriptions of one channel. They belong to the channel and survive its connections.</summary>
internal sealed class EventHub(ChannelBase owner)
{
    private readonly Lock _gate = new();
    private Dictionary<string, EventRoute[]> _routes = new(StringComparer.Ordinal);
    private int _count;
    private bool _hasEnded;
    private Exception? _error;

    public Subscription<T> Subscribe<T>(string subject, Func<T, CancellationToken, ValueTask> handler, SubscriptionOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(subject);
        ArgumentNullException.ThrowIfNull(handler);
        lock (_gate)
        {
            if (_hasEnded)
            {
                var late = new Subscription<T>(owner, subject, handler, options, static _ => { });
                late.End(_error);
                return late;
            }

            if (_count >= owner.Plan.Limits.Subscriptions)
            {
                throw new InvalidOperationException($"The channel has {_count} subscriptions already; dispose some, or raise Limits.Subscriptions.");
            }

            EventRoute[] routes = _routes.GetValueOrDefault(subject) ?? [];
            EventRoute<T>? route = routes.OfType<EventRoute<T>>().FirstOrDefault();
            if (route is null)
            {
                route = new EventRoute<T>(subject);
                _routes = new Dictionary<string, EventRoute[]>(_routes, StringComparer.Ordinal) { [subject] = [.. routes, route] };
            }

            var subscription = new Subscription<T>(owner, subject, handler, options, gone => Remove(route, gone));
            route.Subscriptions = [.. route.Subscriptions, subscription];
            _count++;
            return subscription;
        }
    }

    /// <summary>Gives an event to its subscriptions.</summary>
    /// <param name="link">The connection it came by.</param>
    /// <param name="message">The event.</param>
    /// <param name="cost">What it costs in credit.</param>
    /// <returns>What reading has to wait for; null in the usual case.</returns>
    public Task? Deliver(Link link, in Message message, long cost)
    {
        if (message.Headers?[BroadcastQueue.GapHeader] is { } gap && long.TryParse(gap, NumberStyles.None, CultureInfo.InvariantCulture, out long lost))
        {
            Announce(link, new EventGap(lost, "The publisher dropped events, because this side was slower."), isNewLink: false);
        }

        if (!Volatile.Read(ref _routes).TryGetValue(message.Subject ?? "", out EventRoute[]? routes))
        {
            owner.Diagnostics.CountUnhandledEvent();
            link.Flow.EventConsumed(cost);
            return null;
        }

        if (routes.Length == 1) return routes[0].Deliver(link, in message, cost);
        EventTicket ticket = EventTicket.Issue(link, cost);
        Task? pause = null;
        foreach (EventRoute route in routes) pause = route.Deliver(link, in message, ticket) ?? pause;
        ticket.Release();
        return pause;
    }

    /// <summary>Tells every subscription, between the events that came before and those that come next; for the reader of the link.</summary>
    /// <param name="link">Where the next events come from.</param>
    /// <param name="gap">What is told.</param>
    /// <param name="isNewLink">Whether the events before came from another link.</param>
    public void Announce(Link link, EventGap gap, bool isNewLink)
    {
        foreach (EventRoute[] routes in Volatile.Read(ref _routes).Values)
        {
            foreach (EventRoute route in routes) route.Announce(link, gap, isNewLink);
        }
    }

    /// <summary>Lets the events that have come be handled, as long as their handlers get on, and ends every subscription.</summary>
    /// <param name="error">What <see cref="ISubscription.Completion"/> fails with; null when it does not fail.</param>
    /// <param name="cut">Ends the wait.</param>
    public async ValueTask FinishAsync(Exception? error, Task cut)
    {
        int before = int.MaxValue;
        while (Pending(out int count) is { IsCompleted: false } pending && count < before && !cut.IsCompleted)
        {
            before = count;
            try
            {
                await Task.WhenAny(pending, cut).WaitAsync(owner.Plan.Limits.CloseTimeout, owner.Time).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                // Handlers that have got on meanwhile get as much time again.
            }
        }

        if (before != int.MaxValue && !cut.IsCompleted && Pending(out int left) is { IsCompleted: false }) NotHandled(left);
        Close(error);
    }

    private void NotHandled(int count) => owner.Diagnostics.Report("events", new TimeoutException(
        $"{count} events that had come were not handled to their end: their handlers did not get on within "
        + $"{owner.Plan.Limits.CloseTimeout.TotalSeconds:0.#} s after the connection was lost."));

    /// <summary>Ends every subscription, and those that are made from now on at once.</summary>
    /// <param name="error">What <see cref="ISubscription.Completion"/> fails with; null when it does not fail.</param>
    public void Close(Exception? error = null)
    {
        lock (_gate)
        {
            if (!_hasEnded) (_hasEnded, _error) = (true, error);
        }

        foreach (EventRoute[] routes in Volatile.Read(ref _routes).Values)
        {
            foreach (EventRoute route in routes) route.Close(error);
        }
    }

    private Task Pending(out int count)
    {
        List<Task>? handled = null;
        count = 0;
        foreach (EventRoute[] routes in Volatile.Read(ref _routes).Values)
        {
            foreach (EventRoute route in routes) route.AddPending(ref handled, ref count);
        }

        return handled is null ? Task.CompletedTask : Task.WhenAll(handled);
    }

    private void Remove<T>(EventRoute<T> route, Subscription<T> gone)
    {
        lock (_gate)
        {
            int before = route.Subscriptions.Length;
            route.Subscriptions = [.. route.Subscriptions.Where(other => !ReferenceEquals(other, gone))];
            _count -= before - route.Subscriptions.Length;
            if (route.Subscriptions.Length > 0 || !_routes.TryGetValue(route.Subject, out EventRoute[]? routes)) return;
            var next = new Dictionary<string, EventRoute[]>(_routes, StringComparer.Ordinal);
            EventRoute[] rest = [.. routes.Where(other => !ReferenceEquals(other, route))];
            if (rest.Length == 0) next.Remove(route.Subject);
            else next[route.Subject] = rest;
            _routes = next;
        }
    }
}
