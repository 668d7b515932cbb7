namespace Smpi;

/// <summary>A channel that is another one, seen differently.</summary>
internal interface IChannelView
{
    /// <summary>The channel that does the work.</summary>
    ISmpiChannel Below { get; }
}
