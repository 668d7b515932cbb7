namespace Smpi;

/// <summary>What a type is where a field has it.</summary>
/// <param name="Text">Its name.</param>
/// <param name="Comment">What the type alone does not say; empty for nothing.</param>
/// <param name="IsMessage">Whether it is a message, which always says whether it is there.</param>
/// <param name="IsRepeated">Whether it is a list or a map, which never does.</param>
internal sealed record SchemaType(string Text, string Comment = "", bool IsMessage = false, bool IsRepeated = false);
