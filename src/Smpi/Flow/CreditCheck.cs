namespace Smpi;

/// <summary>The reader's count of what a peer has sent on one stream or on the event lane, against what it was granted.</summary>
/// <remarks>
/// Only the reader uses it. It keeps the last grant it saw, so that it looks at the ledger, which the consumer's thread writes, only when that is used up.
/// A mutable struct: a field that is not readonly.
/// </remarks>
internal struct CreditCheck
{
    private long _received;
    private long _granted;

    /// <summary>Whether a message may begin: something is left of what was granted.</summary>
    public bool MayBegin(CreditLedger ledger) => _received < _granted || _received < (_granted = ledger.Granted);

    /// <summary>Counts a message that has begun.</summary>
    /// <returns>False when it exceeds its credit though the streams of the connection owe as much together as they may.</returns>
    public bool TryTake(CreditLedger ledger, long cost)
    {
        _received += cost;
        return _received <= _granted || ledger.TryOverdraw(_received);
    }

    /// <summary>Counts items that came together.</summary>
    /// <returns>False when one of them began though nothing was left, or exceeds its credit as in <see cref="TryTake(CreditLedger, long)"/>.</returns>
    public bool TryTake(CreditLedger ledger, in ItemRun run)
    {
        if (!MayBegin(ledger)) return false;
        long cost = CreditCost.Of(in run);
        if (_received + cost > _granted && (_granted = ledger.Granted) < _received + cost && !LastBegins(in run, cost)) return false;
        return TryTake(ledger, cost);
    }

    // Whether something is left before the last item of a run that exceeds what was granted.
    private readonly bool LastBegins(in ItemRun run, long cost)
    {
        int position = 0;
        int last = 0;
        for (int item = 0; item < run.Count; item++) last = run.Next(ref position).Length;
        return _received + cost - last - CreditCost.Message < _granted;
    }
}
