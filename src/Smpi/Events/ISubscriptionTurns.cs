namespace Smpi;

/// <summary>Takes its turns in a lane.</summary>
internal interface ISubscriptionTurns
{
    /// <summary>Handles what is due.</summary>
    /// <param name="turn">The turn, which may be used again; null while it stays in its lane.</param>
    /// <param name="refused">Whether the event loop takes no more work.</param>
    void TakeTurn(SubscriptionTurn? turn, bool refused);

    /// <summary>Takes back a turn that another one stands for; not called within the lane's gate.</summary>
    void Joined(SubscriptionTurn turn);
}
