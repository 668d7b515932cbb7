namespace Smpi;

/// <summary>Notices a peer that sends a message too slowly. It exists while something is unfinished, and ends itself at the first
/// second that finds nothing.</summary>
internal sealed class RateWatch : IDisposable
{
    // Seconds in which nothing is judged.
    private const int Grace = 5;

    private static readonly TimeSpan _second = TimeSpan.FromSeconds(1);

    private readonly WireConnection _connection;
    private readonly ITimer _timer;

    // Of the frame that is unfinished: what had been consumed before it, and how long this side has waited for it. For the timer alone.
    private long _before = -1;
    private int _waited;

    public RateWatch(WireConnection connection)
    {
        _connection = connection;

        // The timer outlives what caused it, and must not keep its context.
        using AsyncFlowControl flow = ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow();
        _timer = connection.Time.CreateTimer(static state => ((RateWatch)state!).Tick(), this, _second, _second);
    }

    public void Dispose() => _timer.Dispose();

    private void Tick()
    {
        // While a batch is worked on this side does not read, and its peer cannot be blamed.
        if (_connection.IsLent) return;
        (long before, int unread) = (_connection.Inbox.Consumed, _connection.Inbox.Waiting);
        if (unread == 0 && !_connection.Reader.HasParts)
        {
            _connection.Finished(this);
            return;
        }

        bool slow = _connection.Reader.CountSecond(_connection.Limits.LeastDataRate, Grace);
        if (before != _before || unread == 0) (_before, _waited) = (before, 0);
        else if (++_waited > Grace) slow |= unread < (long)_connection.Limits.LeastDataRate * _waited;
        if (!slow) return;
        _timer.Dispose();
        _connection.End(new CloseReason(
            ErrorCode.EnhanceYourCalm,
            $"{_connection.Info.Remote} sends a message at less than {_connection.Limits.LeastDataRate:N0} bytes a second, which is the least that this side takes "
            + "(Limits.LeastDataRate).",
            ClosedBy.Local));
    }
}
