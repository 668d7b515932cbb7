using System.Globalization;

namespace Smpi;

/// <summary>The subscriptions of one channel. They belong to the channel and survive its connections.</summary>
internal sealed class EventHub(ChannelBase owner)
{
    private readonly Lock _gate = new();
    private Dictionary<string, EventRoute[]> _routes = new(StringComparer.Ordinal);
    private int _count;

    public Subscription<T> Subscribe<T>(string subject, Func<T, CancellationToken, ValueTask> handler, SubscriptionOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(subject);
        ArgumentNullException.ThrowIfNull(handler);
        lock (_gate)
        {
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
    /// <returns>What reading has to wait for; null in the usual case.</returns>
    public Task? Deliver(Link link, in Message message)
    {
        if (message.Headers?[BroadcastQueue.GapHeader] is { } gap && long.TryParse(gap, NumberStyles.None, CultureInfo.InvariantCulture, out long lost))
        {
            Announce(new EventGap(lost, "The publisher dropped events, because this side was slower."));
        }

        if (!Volatile.Read(ref _routes).TryGetValue(message.Subject ?? "", out EventRoute[]? routes))
        {
            owner.Diagnostics.CountUnhandledEvent();
            link.EventConsumed(message.BodyRef.Length);
            return null;
        }

        long octets = Math.Max(message.BodyRef.Length, message.Amount);
        if (routes.Length == 1) return routes[0].Deliver(link, in message, octets);
        EventTicket ticket = EventTicket.Issue(link, octets);
        Task? pause = null;
        foreach (EventRoute route in routes) pause = route.Deliver(link, in message, ticket) ?? pause;
        ticket.Release();
        return pause;
    }

    /// <summary>Tells every subscription that events may have been lost.</summary>
    public void Announce(EventGap gap)
    {
        foreach (EventRoute[] routes in Volatile.Read(ref _routes).Values)
        {
            foreach (EventRoute route in routes) route.Announce(gap);
        }
    }

    /// <summary>Ends every subscription.</summary>
    public void Close()
    {
        foreach (EventRoute[] routes in Volatile.Read(ref _routes).Values)
        {
            foreach (EventRoute route in routes) route.Close();
        }
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
