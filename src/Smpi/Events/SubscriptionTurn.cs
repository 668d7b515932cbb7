namespace Smpi;

/// <summary>The place of one event in a lane: it keeps the order with requests and with other subscriptions.</summary>
internal sealed class SubscriptionTurn : LaneItem
{
    private ISubscriptionTurns? _owner;

    public SubscriptionTurn For(ISubscriptionTurns owner)
    {
        _owner = owner;
        return this;
    }

    public override void Run() => Give(refused: false);

    public override void Refuse(ObjectDisposedException error) => Give(refused: true);

    private void Give(bool refused)
    {
        ISubscriptionTurns owner = _owner!;
        _owner = null;
        owner.TakeTurn(this, refused);
    }
}
