namespace Smpi;

/// <summary>The sender's side of credit: a message may start while credit is above zero.</summary>
/// <param name="initial">Octets that may be sent before the first grant.</param>
/// <param name="limited">False where the format cannot say credit: nothing ever waits here.</param>
internal sealed class CreditGate(long initial, bool limited)
{
    private readonly Lock _gate = new();
    private TaskCompletionSource? _waiting;
    private Exception? _closed;
    private long _credit = initial;

    /// <summary>Whether a message may start now.</summary>
    public bool IsOpen => !limited || Volatile.Read(ref _credit) > 0 || _closed is not null;

    /// <summary>Takes the credit of a message that was written; an empty body costs one octet.</summary>
    public void Take(int octets)
    {
        if (limited) Interlocked.Add(ref _credit, -Math.Max(octets, 1));
    }

    /// <summary>Takes all credit there is, for a sender that counts for itself; with <see cref="GiveBack"/> before it waits.</summary>
    public long TakeAll() => limited ? Interlocked.Exchange(ref _credit, 0) : long.MaxValue / 2;

    /// <summary>Gives back what is left of credit that was taken, or the debt.</summary>
    public void GiveBack(long octets)
    {
        if (limited) Interlocked.Add(ref _credit, octets);
    }

    public void Grant(long octets)
    {
        TaskCompletionSource? waiting = null;
        lock (_gate)
        {
            Interlocked.Add(ref _credit, octets);
            if (_credit > 0) (waiting, _waiting) = (_waiting, null);
        }

        waiting?.TrySetResult();
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
}
