namespace Smpi;

/// <summary>The sender's side of credit: a message may start while credit is above zero.</summary>
/// <param name="initial">Bytes that may be sent before the first grant.</param>
/// <param name="limited">False where the format cannot say credit: nothing ever waits here.</param>
/// <param name="overdrafts">What the streams of the connection owe together; null for the event lane, whose one debt is bounded by the size of a message.</param>
internal sealed class CreditGate(long initial, bool limited, Overdrafts? overdrafts = null)
{
    // A peer cannot make the sum of its grants overflow.
    private const long MostGranted = 1L << 40;

    // Guards _waiting, _closed and _overdraft, and the changes of _credit by Grant. Others change _credit atomically.
    private readonly Lock _gate = new();
    private TaskCompletionSource? _waiting;
    private Exception? _closed;
    private long _overdraft;
    private long _credit = initial;

    /// <summary>Held from the check of credit to the end of a write, where several threads send with the same credit.</summary>
    public Lock Order { get; } = new();

    /// <summary>Whether a message may start now.</summary>
    public bool IsOpen => !limited || Volatile.Read(ref _credit) > 0 || _closed is not null;

    /// <summary>Takes the credit of a message that was written.</summary>
    public void Take(long cost)
    {
        if (limited) Interlocked.Add(ref _credit, -cost);
    }

    /// <summary>Takes all credit there is, for a sender that counts for itself; with <see cref="GiveBack"/> before it waits.</summary>
    public long TakeAll() => limited ? Interlocked.Exchange(ref _credit, 0) : long.MaxValue / 2;

    /// <summary>Gives back what is left of credit that was taken, or the debt.</summary>
    public void GiveBack(long bytes)
    {
        if (limited) Interlocked.Add(ref _credit, bytes);
    }

    /// <summary>Notes a debt that is counted in the connection's overdrafts already; what was granted meanwhile makes it smaller.</summary>
    public void Overdraw(long bytes)
    {
        long repaid;
        lock (_gate)
        {
            repaid = Math.Clamp(Volatile.Read(ref _credit), 0, bytes);
            _overdraft += bytes - repaid;
        }

        if (repaid > 0) overdrafts?.Return(repaid);
    }

    public void Grant(long bytes)
    {
        TaskCompletionSource? waiting = null;
        long repaid;
        lock (_gate)
        {
            if (Interlocked.Add(ref _credit, Math.Min(bytes, MostGranted)) > MostGranted) Volatile.Write(ref _credit, MostGranted);
            if (_credit > 0) (waiting, _waiting) = (_waiting, null);
            repaid = Math.Min(bytes, _overdraft);
            _overdraft -= repaid;
        }

        waiting?.TrySetResult();
        if (repaid > 0) overdrafts!.Return(repaid);
        else overdrafts?.Wake();
    }

    /// <summary>Waits until a message may start.</summary>
    public async ValueTask OpenAsync(CancellationToken ct)
    {
        while (true)
        {
            Task turn;
            lock (_gate)
            {
                if (_closed is not null) throw _closed;
                if (IsOpen) return;
                _waiting ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                turn = _waiting.Task;
            }

            await turn.WaitAsync(ct).ConfigureAwait(false);
        }
    }

    public void Close(Exception reason)
    {
        TaskCompletionSource? waiting;
        lock (_gate)
        {
            _closed ??= reason;
            (waiting, _waiting) = (_waiting, null);
        }

        waiting?.TrySetException(reason);
    }

    /// <summary>Ends the debt of a stream on which nothing more is sent.</summary>
    public void Release()
    {
        long owed;
        lock (_gate) (owed, _overdraft) = (_overdraft, 0);
        if (owed > 0) overdrafts!.Return(owed);
    }
}
