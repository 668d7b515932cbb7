namespace Smpi.Generators;

/// <summary>A name of an enum.</summary>
/// <param name="Name">The name.</param>
/// <param name="Value">Its number, as the bits of a long.</param>
internal sealed record EnumMember(string Name, long Value);
