namespace Smpi;

/// <summary>Faults on a wire: put <see cref="Layer"/> around connections, and cut, stall or slow them all.</summary>
/// <remarks>Safe for concurrent use. Connections that are made after a cut work, so that a reconnect can be tested.</remarks>
/// <param name="timeProvider">The clock of the latency; null for the system's.</param>
public sealed class WireControl(TimeProvider? timeProvider = null)
{
    private readonly Lock _gate = new();
    private readonly HashSet<FaultyConnection> _open = [];
    private readonly TimeProvider _time = timeProvider ?? TimeProvider.System;
    private TaskCompletionSource _resumed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private WireDirection _stalled;
    private long _latency;

    /// <summary>Connections that were neither disposed nor cut.</summary>
    public int Open
    {
        get
        {
            lock (_gate) return _open.Count;
        }
    }

    /// <summary>How much later each batch is handed to the reader. Default zero.</summary>
    /// <remarks>The next batch is received only after that, so it is also the least time between two batches.</remarks>
    public TimeSpan Latency
    {
        get => new(Interlocked.Read(ref _latency));
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
            Interlocked.Exchange(ref _latency, value.Ticks);
        }
    }

    /// <summary>The layer: pass it as a <c>Func&lt;IConnection, IConnection&gt;</c>.</summary>
    /// <param name="connection">The connection to control; disposed with the result.</param>
    public IConnection Layer(IConnection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        var faulty = new FaultyConnection(this, connection);
        lock (_gate) _open.Add(faulty);
        return faulty;
    }

    /// <summary>Cuts every open connection, without a goodbye: pending and later reads and flushes end with the reason, and the peers lose the wire.</summary>
    /// <remarks>
    /// A memory connection gives its peer the same reason. A peer over any other protocol sees what that protocol shows when the other end is suddenly closed.
    /// </remarks>
    /// <param name="reason">What this side sees; null for <see cref="ErrorCode.Unavailable"/> by the transport.</param>
    public void Cut(CloseReason? reason = null)
    {
        reason ??= new CloseReason(ErrorCode.Unavailable, "The wire was cut.", ClosedBy.Transport);
        FaultyConnection[] cut;
        lock (_gate)
        {
            cut = [.. _open];
            _open.Clear();
        }

        foreach (FaultyConnection connection in cut) connection.Cut(reason);
    }

    /// <summary>Stops what goes a way: reads or flushes wait until <see cref="Resume"/>. What a reader holds already stays with it.</summary>
    /// <param name="direction">Which ways.</param>
    public void Stall(WireDirection direction = WireDirection.Both)
    {
        lock (_gate) _stalled |= direction;
    }

    /// <summary>Lets everything go on.</summary>
    public void Resume()
    {
        TaskCompletionSource resumed;
        lock (_gate)
        {
            _stalled = WireDirection.None;
            resumed = _resumed;
            _resumed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        resumed.SetResult();
    }

    internal async ValueTask PassAsync(WireDirection direction, CancellationToken ct)
    {
        if (direction == WireDirection.Incoming && Latency is { Ticks: > 0 } latency) await Task.Delay(latency, _time, ct).ConfigureAwait(false);
        while (Blocked(direction) is { } resumed) await resumed.WaitAsync(ct).ConfigureAwait(false);
    }

    internal void Forget(FaultyConnection connection)
    {
        lock (_gate) _open.Remove(connection);
    }

    private Task? Blocked(WireDirection direction)
    {
        lock (_gate) return (_stalled & direction) != 0 ? _resumed.Task : null;
    }
}
