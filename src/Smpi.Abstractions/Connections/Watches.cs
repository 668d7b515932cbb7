using System.Runtime.CompilerServices;

namespace Smpi;

/// <summary>The timers of one connection, which exist only while there is something to watch.</summary>
internal struct Watches
{
    private RestWatch? _rest;
    private RateWatch? _rate;
    private bool _ended;

    /// <summary>Says that the connection is busy.</summary>
    public void Touch(WireConnection connection)
    {
        if (_rest is not { } watch) Wake(connection);
        else if (watch.Touch() && Volatile.Read(ref _rest) != watch) Wake(connection);
    }

    /// <summary>Sees to it that somebody looks how fast what is unfinished comes.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void WatchRate(WireConnection connection)
    {
        // What is unfinished was written before: a watch that ends at this moment looks for it again.
        Interlocked.MemoryBarrier();
        if (connection.Limits.LeastDataRate <= 0 || Volatile.Read(ref _rate) is not null || Volatile.Read(ref _ended)) return;
        var watch = new RateWatch(connection);
        if (Interlocked.CompareExchange(ref _rate, watch, null) is not null) watch.Dispose();
        else if (Volatile.Read(ref _ended)) Interlocked.Exchange(ref _rate, null)?.Dispose();
    }

    /// <summary>Ends a watch of the data rate that found nothing unfinished.</summary>
    public void Forget(RateWatch watch, WireConnection connection)
    {
        watch.Dispose();
        Interlocked.CompareExchange(ref _rate, null, watch);
        if (connection.Inbox.Waiting > 0 || connection.Reader.HasParts) WatchRate(connection);
    }

    /// <summary>Ends a watch of silence, and lets the connection rest unless something happened at this moment.</summary>
    public void Forget(RestWatch watch, WireConnection connection)
    {
        watch.Dispose();
        if (Interlocked.CompareExchange(ref _rest, null, watch) != watch) return;
        if (watch.IsTouched) Wake(connection);
        else connection.Inbox.Rest();
    }

    /// <summary>Ends all, for good.</summary>
    public void End()
    {
        Volatile.Write(ref _ended, true);
        Interlocked.Exchange(ref _rest, null)?.Dispose();
        Interlocked.Exchange(ref _rate, null)?.Dispose();
    }

    private void Wake(WireConnection connection)
    {
        if (Volatile.Read(ref _rest) is not null || Volatile.Read(ref _ended)) return;
        var watch = new RestWatch(connection, connection.Time);
        if (Interlocked.CompareExchange(ref _rest, watch, null) is not null) watch.Dispose();
        else if (Volatile.Read(ref _ended)) Interlocked.Exchange(ref _rest, null)?.Dispose();
    }
}
