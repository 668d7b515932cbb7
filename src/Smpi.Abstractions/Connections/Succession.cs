namespace Smpi;

/// <summary>Tells what happens again and again from what happens now and then. A mutable struct: a field that is not readonly.</summary>
internal struct Succession
{
    private long _last;
    private int _count;

    /// <summary>Says that it happened, and whether it has happened often now, each time soon after the time before.</summary>
    public bool IsQuick(TimeProvider time)
    {
        long before = _last;
        _last = time.GetTimestamp();
        _count = before != 0 && time.GetElapsedTime(before, _last) < RestWatch.After ? Math.Min(_count + 1, RestWatch.Calm) : 0;
        return _count == RestWatch.Calm;
    }
}
