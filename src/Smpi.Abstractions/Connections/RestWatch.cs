namespace Smpi;

/// <summary>Notices that a busy connection has turned silent. It exists while the connection is busy, so that one that rests pays for no timer.</summary>
internal sealed class RestWatch : IDisposable
{
    private readonly WireConnection _connection;
    private readonly ITimer _timer;
    private int _touched = 1;

    public RestWatch(WireConnection connection, TimeProvider time)
    {
        _connection = connection;

        // The timer outlives what caused it, and must not keep its context.
        using AsyncFlowControl flow = ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow();
        _timer = time.CreateTimer(static state => ((RestWatch)state!).Tick(), this, After, After);
    }

    /// <summary>Silence after which a connection rests. It does so at the latest when twice this time has passed.</summary>
    public static TimeSpan After { get; } = TimeSpan.FromSeconds(1);

    /// <summary>Whether something happened since the last tick.</summary>
    public bool IsTouched => Volatile.Read(ref _touched) != 0;

    /// <summary>Says that something happened.</summary>
    /// <returns>True for the first time since a tick: then the watch may have let go at this moment.</returns>
    public bool Touch() => _touched == 0 && Interlocked.Exchange(ref _touched, 1) == 0;

    public void Dispose() => _timer.Dispose();

    private void Tick()
    {
        if (Interlocked.Exchange(ref _touched, 0) == 0) _connection.Rest(this);
    }
}
