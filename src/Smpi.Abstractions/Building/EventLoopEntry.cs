namespace Smpi;

/// <summary>An event loop known by its name.</summary>
/// <param name="Name">The name, such as <c>pool</c>.</param>
/// <param name="Package">The package that has it.</param>
/// <param name="Create">Makes or finds the loop.</param>
public sealed record EventLoopEntry(string Name, string Package, Func<IEventLoopBinding> Create) : ProviderEntry(Name, Package);
