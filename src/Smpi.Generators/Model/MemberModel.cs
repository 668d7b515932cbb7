namespace Smpi.Generators;

/// <summary>A member of a record that is written.</summary>
/// <param name="Name">Its name in C#.</param>
/// <param name="WireName">Its name on the encodings that have names.</param>
/// <param name="Type">The name of its type.</param>
/// <param name="Access">How it is set when a record is read.</param>
internal sealed record MemberModel(string Name, string WireName, string Type, MemberAccess Access)
{
    /// <summary>Of a constructor parameter: its position.</summary>
    public int Position { get; init; } = -1;

    /// <summary>Whether code can set it, be it in the object initializer only.</summary>
    public bool IsSettable { get; init; }

    /// <summary>Whether the wire must have it.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Whether C# wants it in every object initializer.</summary>
    public bool IsRequiredByLanguage { get; init; }

    /// <summary>Whether its type is marked as nullable.</summary>
    public bool IsNullable { get; init; }

    /// <summary>Whether its type is a reference that has no null.</summary>
    public bool IsNotNull { get; init; }

    /// <summary>Whether an absent value is another than that of its type: a default of the parameter, an initializer.</summary>
    public bool HasDefault { get; init; }

    /// <summary>The number given by <c>[Field]</c>; 0 without.</summary>
    public int FieldNumber { get; init; }
}
