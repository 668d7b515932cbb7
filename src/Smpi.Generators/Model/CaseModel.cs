namespace Smpi.Generators;

/// <summary>A case of a union.</summary>
/// <param name="Type">The name of the case's record.</param>
/// <param name="Tag">The expression of its discriminator.</param>
internal sealed record CaseModel(string Type, string Tag);
