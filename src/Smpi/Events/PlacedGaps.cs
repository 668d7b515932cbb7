namespace Smpi;

/// <summary>Gaps that a subscriber was not told of yet, each with its place in the queue of events; guarded by the subscription's gate.</summary>
internal sealed class PlacedGaps
{
    // Each link has credit of its own: a peer that comes and goes must not fill the queue of a handler that hangs.
    private const int Most = 16;

    // Ahead is the number of events between the gap and the one before it, or the head of the queue.
    private readonly List<(EventGap Gap, int Ahead)> _gaps = [];
    private int _ahead;

    public int Count => _gaps.Count;

    /// <summary>Puts a gap behind all events that are in the queue now.</summary>
    /// <param name="gap">The gap.</param>
    /// <param name="queued">Events in the queue.</param>
    /// <param name="isNewLink">Whether the events that follow come from another link.</param>
    /// <returns>How many of the last events have to go, because too many gaps wait.</returns>
    public int Add(EventGap gap, int queued, bool isNewLink)
    {
        if (_gaps.Count < Most)
        {
            _gaps.Add((gap, queued - _ahead));
            _ahead = queued;
            return 0;
        }

        (EventGap last, int ahead) = _gaps[^1];
        _gaps[^1] = (new EventGap(last.Lost is { } one && gap.Lost is { } two ? one + two : null, gap.Reason), ahead);
        return isNewLink ? queued - _ahead : 0;
    }

    /// <summary>Takes the gap that stands before the first event of the queue; where there is none, the event is about to be taken.</summary>
    public bool TryTake(int queued, out EventGap gap)
    {
        gap = default;
        if (_gaps.Count == 0) return false;
        if (_gaps[0].Ahead > 0)
        {
            if (queued > 0) EventLeft();
            return false;
        }

        gap = _gaps[0].Gap;
        _gaps.RemoveAt(0);
        return true;
    }

    /// <summary>The first event has left the queue.</summary>
    public void EventLeft()
    {
        int index = _gaps.FindIndex(static gap => gap.Ahead > 0);
        if (index < 0) return;
        _gaps[index] = (_gaps[index].Gap, _gaps[index].Ahead - 1);
        _ahead--;
    }
}
