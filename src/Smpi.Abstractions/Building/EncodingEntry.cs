namespace Smpi;

/// <summary>An encoding known by its name.</summary>
/// <param name="Name">The name, such as <c>json</c>.</param>
/// <param name="Package">The package that has it.</param>
/// <param name="Create">Makes the encoding.</param>
public sealed record EncodingEntry(string Name, string Package, Func<IEncoding> Create) : ProviderEntry(Name, Package);
