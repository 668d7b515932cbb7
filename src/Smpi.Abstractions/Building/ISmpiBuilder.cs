namespace Smpi;

/// <summary>Puts a channel or a server together. <c>UseX</c> extensions compose, <c>AddX</c> extensions register names.</summary>
public interface ISmpiBuilder : IProviderRegistry
{
    /// <summary>One group of settings of this channel, made at the first call and the same object afterwards.</summary>
    /// <typeparam name="T">The group, such as <see cref="ChannelParts"/>.</typeparam>
    T Settings<T>()
        where T : class, new();
}
