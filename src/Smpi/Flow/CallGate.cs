namespace Smpi;

/// <summary>Bounds the calls of this side by number and by the octets of their bodies. Above it the caller waits.</summary>
internal sealed class CallGate(int maxCalls, long maxOctets)
{
    private readonly Lock _gate = new();
    private readonly Queue<TaskCompletionSource> _waiting = new();
    private int _calls;
    private long _octets;

    public bool TryEnter()
    {
        lock (_gate)
        {
            if (_calls >= maxCalls || (_octets >= maxOctets && _calls > 0) || _waiting.Count > 0) return false;
            _calls++;
            return true;
        }
    }

    /// <summary>Waits for a place. The queue is bounded by nothing but the callers that await it.</summary>
    public async ValueTask EnterAsync(CancellationToken ct)
    {
        TaskCompletionSource turn;
        lock (_gate)
        {
            if (_calls < maxCalls && (_octets < maxOctets || _calls == 0) && _waiting.Count == 0)
            {
                _calls++;
                return;
            }

            turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(turn);
        }

        using CancellationTokenRegistration registration = ct.UnsafeRegister(static (state, token) => ((TaskCompletionSource)state!).TrySetCanceled(token), turn);
        await turn.Task.ConfigureAwait(false);
    }

    public void Add(int octets) => Interlocked.Add(ref _octets, octets);

    public void Exit(int octets)
    {
        lock (_gate)
        {
            _calls--;
            Interlocked.Add(ref _octets, -octets);
            while (_waiting.Count > 0 && _calls < maxCalls && (_octets < maxOctets || _calls == 0))
            {
                if (_waiting.Dequeue().TrySetResult()) _calls++;
            }
        }
    }

    public void Fail(Exception error)
    {
        lock (_gate)
        {
            while (_waiting.TryDequeue(out TaskCompletionSource? turn)) turn.TrySetException(error);
        }
    }
}
