namespace Smpi;

/// <summary>Bounds the calls of this side by number and by the octets of their bodies. Above it the caller waits.</summary>
internal sealed class CallGate(int maxCalls, long maxOctets)
{
    private readonly Queue<TaskCompletionSource> _waiting = new();
    private Gate _gate;
    private int _calls;
    private long _octets;

    private bool HasPlace => _calls < maxCalls && (Volatile.Read(ref _octets) < maxOctets || _calls == 0);

    public bool TryEnter()
    {
        _gate.Enter();
        bool entered = _waiting.Count == 0 && HasPlace;
        if (entered) _calls++;
        _gate.Exit();
        return entered;
    }

    /// <summary>Waits for a place. The queue is bounded by nothing but the callers that await it.</summary>
    public async ValueTask EnterAsync(CancellationToken ct)
    {
        if (TryEnter()) return;
        var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _gate.Enter();
        _waiting.Enqueue(turn);
        _gate.Exit();
        Wake();
        using CancellationTokenRegistration registration = ct.UnsafeRegister(static (state, token) => ((TaskCompletionSource)state!).TrySetCanceled(token), turn);
        await turn.Task.ConfigureAwait(false);
    }

    public void Add(int octets) => Interlocked.Add(ref _octets, octets);

    public void Exit(int octets)
    {
        if (octets != 0) Interlocked.Add(ref _octets, -octets);
        _gate.Enter();
        _calls--;
        bool waits = _waiting.Count > 0;
        _gate.Exit();
        if (waits) Wake();
    }

    public void Fail(Exception error)
    {
        while (Next(always: true) is { } turn) turn.TrySetException(error);
    }

    // Places go to who waits longest; one that has given up meanwhile gives its place to the next.
    private void Wake()
    {
        while (Next(always: false) is { } turn)
        {
            if (turn.TrySetResult()) continue;
            _gate.Enter();
            _calls--;
            _gate.Exit();
        }
    }

    private TaskCompletionSource? Next(bool always)
    {
        TaskCompletionSource? turn = null;
        _gate.Enter();
        if ((always || HasPlace) && _waiting.TryDequeue(out turn) && !always) _calls++;
        _gate.Exit();
        return turn;
    }
}
