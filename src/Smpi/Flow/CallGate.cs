namespace Smpi;

/// <summary>Bounds the calls of this side by number and by the octets of their bodies. Above it the caller waits.</summary>
/// <remarks>It shares its gate with the table of calls: a call takes its place and its slot, and leaves them, in one step.</remarks>
internal sealed class CallGate
{
    private const int SmallBody = 1024;

    // Who gives up leaves at once, so that a peer that stays full holds no more than the callers that wait. Guarded by the gate.
    private readonly LinkedList<TaskCompletionSource> _waiting = new();
    private readonly int _maxCalls;
    private readonly long _maxOctets;
    private readonly int _uncounted;
    private readonly SharedGate _gate;
    private int _calls;
    private long _octets;

    public CallGate(int maxCalls, long maxOctets, SharedGate gate)
    {
        _gate = gate;
        // Small bodies are not counted one by one: what all of them may have together, at most a quarter, is set aside.
        _maxCalls = maxCalls;
        _uncounted = (int)Math.Clamp(maxOctets / 4 / Math.Max(maxCalls, 1), 0, SmallBody);
        _maxOctets = maxOctets - ((long)_uncounted * maxCalls);
    }

    private bool HasPlace => _calls < _maxCalls && (Volatile.Read(ref _octets) < _maxOctets || _calls == 0);

    /// <summary>Whether a call may take a place without waiting; inside the gate.</summary>
    public bool MayEnter => _waiting.Count == 0 && HasPlace;

    /// <summary>Takes a place; inside the gate.</summary>
    public void TakePlace() => _calls++;

    /// <summary>Gives a place back; inside the gate. <see cref="Left"/> follows outside.</summary>
    /// <returns>Whether somebody waits for it.</returns>
    public bool LeavePlace()
    {
        _calls--;
        return _waiting.Count > 0;
    }

    /// <summary>Waits for a place. The queue is bounded by nothing but the callers that await it.</summary>
    public async ValueTask EnterAsync(CancellationToken ct)
    {
        _gate.Enter();
        bool entered = MayEnter;
        if (entered) TakePlace();
        _gate.Exit();
        if (entered) return;
        var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var place = new LinkedListNode<TaskCompletionSource>(turn);
        _gate.Enter();
        _waiting.AddLast(place);
        _gate.Exit();
        Wake();
        using CancellationTokenRegistration registration = ct.UnsafeRegister(static (state, token) => ((TaskCompletionSource)state!).TrySetCanceled(token), turn);
        try
        {
            await turn.Task.ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            Leave(place);
            throw;
        }
    }

    /// <summary>Whether a body is large enough to be counted.</summary>
    public bool Counts(int octets) => octets > _uncounted;

    public void Add(int octets) => Interlocked.Add(ref _octets, octets);

    /// <summary>Gives the place of a call back that never came into the table.</summary>
    public void Exit()
    {
        _gate.Enter();
        bool waits = LeavePlace();
        _gate.Exit();
        Left(0, waits);
    }

    /// <summary>Ends what <see cref="LeavePlace"/> began.</summary>
    /// <param name="octets">Octets of the call that were counted.</param>
    /// <param name="waits">What <see cref="LeavePlace"/> returned.</param>
    public void Left(int octets, bool waits)
    {
        if (octets != 0) Interlocked.Add(ref _octets, -octets);

        // Who came after the place was given back and before the octets were found no room for its own, and waits now.
        if (waits || octets != 0) Wake();
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
            LeavePlace();
            _gate.Exit();
        }
    }

    private TaskCompletionSource? Next(bool always)
    {
        TaskCompletionSource? turn = null;
        _gate.Enter();
        if ((always || HasPlace) && _waiting.First is { } first)
        {
            turn = first.Value;
            _waiting.Remove(first);
            if (!always) _calls++;
        }

        _gate.Exit();
        return turn;
    }

    private void Leave(LinkedListNode<TaskCompletionSource> place)
    {
        _gate.Enter();
        if (place.List is not null) _waiting.Remove(place);
        _gate.Exit();
    }
}
