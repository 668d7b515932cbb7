namespace Smpi.Generators;

/// <summary>A number that was committed.</summary>
/// <param name="Number">The number.</param>
/// <param name="Type">The type that it had; empty where the file does not say.</param>
internal sealed record LockedField(int Number, string Type);
