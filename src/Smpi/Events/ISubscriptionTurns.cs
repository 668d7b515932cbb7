namespace Smpi;

/// <summary>Takes its turns in a lane.</summary>
internal interface ISubscriptionTurns
{
    /// <summary>Handles what is due. The turn may be used again.</summary>
    void TakeTurn(SubscriptionTurn turn, bool refused);
}
