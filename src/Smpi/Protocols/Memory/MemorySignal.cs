using System.Threading.Tasks.Sources;

namespace Smpi;

/// <summary>A reusable signal for one waiter: a set before the wait is kept, and waiting allocates nothing.</summary>
internal sealed class MemorySignal : IValueTaskSource
{
    private readonly Lock _gate = new();
    private ManualResetValueTaskSourceCore<bool> _source = new() { RunContinuationsAsynchronously = true };
    private CancellationTokenRegistration _registration;
    private bool _set;
    private bool _waiting;

    public ValueTask WaitAsync(CancellationToken ct)
    {
        lock (_gate)
        {
            if (_set)
            {
                _set = false;
                return default;
            }

            _waiting = true;
        }

        var wait = new ValueTask(this, _source.Version);
        if (ct.CanBeCanceled) _registration = ct.UnsafeRegister(static (signal, token) => ((MemorySignal)signal!).Cancel(token), this);
        return wait;
    }

    public void Set()
    {
        lock (_gate)
        {
            _set = !_waiting;
            if (!_waiting) return;
            _waiting = false;
        }

        _source.SetResult(true);
    }

    void IValueTaskSource.GetResult(short token)
    {
        // Waits for a cancellation that is just running, so that it cannot reach the next wait.
        _registration.Dispose();
        _registration = default;
        try
        {
            _source.GetResult(token);
        }
        finally
        {
            _source.Reset();
        }
    }

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _source.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _source.OnCompleted(continuation, state, token, flags);

    private void Cancel(CancellationToken ct)
    {
        lock (_gate)
        {
            if (!_waiting) return;
            _waiting = false;
        }

        _source.SetException(new OperationCanceledException(ct));
    }
}
