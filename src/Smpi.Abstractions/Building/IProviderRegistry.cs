namespace Smpi;

/// <summary>Takes the names that addresses and configuration may use. <c>AddX</c> extensions of providers call it.</summary>
public interface IProviderRegistry
{
    /// <summary>Registers a provider; one of the same kind and name replaces an earlier one.</summary>
    /// <param name="entry">A <see cref="ProtocolEntry"/>, <see cref="FormatEntry"/>, <see cref="EncodingEntry"/>, <see cref="EventLoopEntry"/> or <see cref="LayerEntry"/>.</param>
    void Register(ProviderEntry entry);
}
