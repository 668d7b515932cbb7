namespace Smpi;

/// <summary>A protocol known by its token.</summary>
/// <param name="Name">The token, such as <c>tcp</c>.</param>
/// <param name="Package">The package that has it.</param>
/// <param name="Create">Makes the protocol for an address; it takes the options it knows with <see cref="ProtocolAddress.Take"/>.</param>
public sealed record ProtocolEntry(string Name, string Package, Func<ProtocolAddress, IProtocol> Create) : ProviderEntry(Name, Package);
