namespace Smpi;

/// <summary>What the queue of a subscription does seldom.</summary>
internal static class EventQueue
{
    /// <summary>Drops the events that came last, with the credit they hold.</summary>
    public static void DropLast<T>(this Queue<(T Value, Headers? Headers, EventShare Share)> queue, int count)
    {
        if (count == 0) return;

        // Those that stay go round.
        for (int kept = queue.Count - count; kept > 0; kept--) queue.Enqueue(queue.Dequeue());
        for (; count > 0; count--) queue.Dequeue().Share.Release();
    }
}
