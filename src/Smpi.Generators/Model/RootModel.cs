namespace Smpi.Generators;

/// <summary>What one declaration makes travel.</summary>
/// <param name="Name">The name of the declared type; empty for an assembly.</param>
/// <param name="Where">The declaration.</param>
/// <param name="Calls">The calls it is a request of.</param>
/// <param name="Roots">The types that travel because of it.</param>
/// <param name="Types">All types that these hold, themselves included.</param>
internal sealed record RootModel(
    string Name, Place Where, EquatableArray<CallModel> Calls, EquatableArray<string> Roots, EquatableArray<TypeModel> Types)
{
    /// <summary>The answers and items that are declared as nullable references.</summary>
    public EquatableArray<string> Nulls { get; init; }
}
