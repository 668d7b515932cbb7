namespace Smpi;

/// <summary>What the reader of a link collects while it sorts a batch, to be handed over at once.</summary>
internal interface IReadBatch
{
    /// <summary>Hands over what came; called by the reader.</summary>
    void Publish();
}
