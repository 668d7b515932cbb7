namespace Smpi.Generators;

/// <summary>How a member is set when a record is read.</summary>
internal enum MemberAccess
{
    /// <summary>Not at all: it is computed.</summary>
    None,

    /// <summary>By a parameter of the constructor.</summary>
    Parameter,

    /// <summary>In the object initializer only.</summary>
    Init,

    /// <summary>At any time.</summary>
    Set,
}
