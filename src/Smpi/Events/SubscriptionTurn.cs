namespace Smpi;

/// <summary>The place of one event in a lane, or of several that follow each other: it keeps the order with requests and with other subscriptions.</summary>
/// <remarks>It runs once for each event. A subscription that is alone in its lane has one waiting turn, however far it is behind.</remarks>
internal sealed class SubscriptionTurn(ISubscriptionTurns owner) : LaneItem
{
    public override void Run() => owner.TakeTurn(this, refused: false);

    public override void Refuse(ObjectDisposedException error) => owner.TakeTurn(this, refused: true);

    /// <inheritdoc/>
    /// <remarks>It may be used anew at the same time, for the same owner.</remarks>
    public override void Repeat(bool refused) => owner.TakeTurn(null, refused);

    /// <summary>Takes over what waits directly behind, when it is of the same owner.</summary>
    public override bool TryJoin(LaneItem next)
    {
        if (next is not SubscriptionTurn turn || !ReferenceEquals(owner, turn.Owner)) return false;
        Repeats += next.Repeats + 1;
        next.Repeats = 0;
        return true;
    }

    /// <summary>Goes back to the owner, after another one has joined it.</summary>
    public override void Joined() => owner.Joined(this);

    private ISubscriptionTurns Owner => owner;
}
