namespace Smpi.Generators;

/// <summary>A type that travels.</summary>
/// <param name="Name">Its full name in source, which is also its key.</param>
/// <param name="Id">A name for members of generated code, unique in one compilation.</param>
/// <param name="Kind">What it is on the wire.</param>
internal sealed record TypeModel(string Name, string Id, ShapeKind Kind)
{
    /// <summary>The name without namespace and type arguments, as it is shown to people.</summary>
    public string ShortName { get; init; } = "";

    /// <summary>The full name without <c>global::</c>, as <c>smpi.lock</c> names it.</summary>
    public string LockName { get; init; } = "";

    public bool IsValueType { get; init; }

    /// <summary>The types inside: the items of a collection, the key and the value of a dictionary, the value of a nullable, the number of an enum.</summary>
    public EquatableArray<string> Arguments { get; init; }

    /// <summary>Of a record: its members, constructor parameters first.</summary>
    public EquatableArray<MemberModel> Members { get; init; }

    /// <summary>Of a record: what the constructor is called with, in order.</summary>
    public EquatableArray<ParameterModel> Parameters { get; init; }

    /// <summary>Of an enum: its names and numbers.</summary>
    public EquatableArray<EnumMember> EnumMembers { get; init; }

    /// <summary>Of a union: its cases.</summary>
    public EquatableArray<CaseModel> Cases { get; init; }

    /// <summary>Of a union: the name of the discriminator.</summary>
    public string TagName { get; init; } = "";

    /// <summary>Of a union: whether the base can be made and is no case, so that it travels without a discriminator.</summary>
    public bool HasOwnForm { get; init; }

    /// <summary>Of a record: whether its members that are no parameters stand in one part and in no base, so that those without a number can be counted.</summary>
    public bool HasOneOrder { get; init; } = true;

    /// <summary>Why the type cannot travel; null when it can.</summary>
    public string? Problem { get; init; }
}
