namespace Smpi;

/// <summary>A wire format known by its name.</summary>
/// <param name="Name">The name, such as <c>native</c>.</param>
/// <param name="Package">The package that has it.</param>
/// <param name="Create">Makes the format.</param>
public sealed record FormatEntry(string Name, string Package, Func<IWireFormat> Create) : ProviderEntry(Name, Package);
