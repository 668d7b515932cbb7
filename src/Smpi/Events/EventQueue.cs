namespace Smpi;

/// <summary>What the queue of a subscription does seldom.</summary>
internal static class EventQueue
{
    /// <summary>Events that a queue has room for at first.</summary>
    public const int Burst = 32;

    /// <summary>Drops the events that came last, with the credit they hold.</summary>
    public static void DropLast<T>(this Queue<(T Value, Headers? Headers, EventShare Share)> queue, int count)
    {
        if (count == 0) return;

        // Those that stay go round.
        for (int kept = queue.Count - count; kept > 0; kept--) queue.Enqueue(queue.Dequeue());
        for (; count > 0; count--) queue.Dequeue().Share.Release();
    }

    /// <summary>What a subscription ends with that cannot hold more.</summary>
    public static FaultException Overflow(Link link, string subject, int count) => new(
        ErrorCode.ResourceExhausted,
        $"The subscription to '{subject}' held {count} events and its handler was too slow for more"
            + (link.Traits.Credit ? "." : $"; the format '{link.Connection.Info.Format}' cannot hold the publisher back."));
}
