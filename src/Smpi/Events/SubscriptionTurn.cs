namespace Smpi;

/// <summary>The place of one event in a lane, or of several that follow each other: it keeps the order with requests and with other subscriptions.</summary>
/// <remarks>It runs once for each event. A subscription that is alone in its lane has one waiting turn, however far it is behind.</remarks>
internal sealed class SubscriptionTurn(ISubscriptionTurns owner) : LaneItem
{
    /// <summary>How often it runs before it runs for the last time. Changed by who alone sees it, or within the lane's gate.</summary>
    public int Repeats { get; set; }

    public override void Run() => owner.TakeTurn(this, refused: false);

    public override void Refuse(ObjectDisposedException error) => owner.TakeTurn(this, refused: true);

    /// <summary>Runs or refuses, and stays in the lane. It may be used anew at the same time, for the same owner.</summary>
    public void Repeat(bool refused) => owner.TakeTurn(null, refused);

    /// <summary>Takes over what waits directly behind, when it is of the same owner.</summary>
    public bool TryJoin(SubscriptionTurn next)
    {
        if (!ReferenceEquals(owner, next.Owner)) return false;
        Repeats += next.Repeats + 1;
        next.Repeats = 0;
        return true;
    }

    /// <summary>Goes back to the owner, after another one has joined it.</summary>
    public void Joined() => owner.Joined(this);

    private ISubscriptionTurns Owner => owner;
}
