namespace Smpi;

/// <summary>A member of a record as generated code knows it, to be compared with what the serializer knows.</summary>
/// <param name="Name">Its name in JSON.</param>
/// <param name="Shape">The shape of its type.</param>
/// <param name="Position">Of a parameter of the constructor: its position; otherwise -1.</param>
/// <param name="IsComputed">Whether it is written only: what is read is dropped.</param>
public readonly record struct JsonShapeMember(string Name, JsonShape Shape, int Position = -1, bool IsComputed = false);
