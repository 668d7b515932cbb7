namespace Smpi;

/// <summary>A provider known by a name.</summary>
/// <param name="Name">The name in addresses and configuration, lower case.</param>
/// <param name="Package">The package that has it, for error messages.</param>
public abstract record ProviderEntry(string Name, string Package);
