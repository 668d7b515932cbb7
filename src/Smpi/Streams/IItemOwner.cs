namespace Smpi;

/// <summary>The call that the items of a stream belong to.</summary>
internal interface IItemOwner
{
    /// <summary>Nobody reads the items any more.</summary>
    void ItemsLeft();

    /// <summary>An item could not be decoded, and the consumer is told.</summary>
    void ItemsBroken(EncodingException error);
}
