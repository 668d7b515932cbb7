namespace Smpi.Generators;

/// <summary>A parameter of the constructor that makes a record.</summary>
/// <param name="Type">The name of its type.</param>
/// <param name="Default">The expression that it gets when its member did not arrive.</param>
internal sealed record ParameterModel(string Type, string Default);
