using System.Diagnostics.CodeAnalysis;

namespace Smpi;

/// <summary>What an encoding may look at in a type, for trimming.</summary>
public static class EncodingMembers
{
    /// <summary>Constructors and public properties: what a record is made of.</summary>
    public const DynamicallyAccessedMemberTypes Needed = DynamicallyAccessedMemberTypes.PublicConstructors | DynamicallyAccessedMemberTypes.PublicProperties;
}
