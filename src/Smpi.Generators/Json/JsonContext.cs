namespace Smpi.Generators;

/// <summary>A context of the framework's JSON generator.</summary>
/// <param name="Name">Its name, as it is shown to people.</param>
/// <param name="Where">Its declaration.</param>
/// <param name="Types">The types that it knows: those listed and all that they hold.</param>
internal sealed record JsonContext(string Name, Place Where, EquatableArray<string> Types);
