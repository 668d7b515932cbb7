namespace Smpi;

/// <summary>A layer known by its name: a decorator around every connection.</summary>
/// <param name="Name">The name, such as <c>log</c>.</param>
/// <param name="Package">The package that has it.</param>
/// <param name="Create">Makes the decorator of a connection.</param>
public sealed record LayerEntry(string Name, string Package, Func<IConnection, IConnection> Create) : ProviderEntry(Name, Package);
