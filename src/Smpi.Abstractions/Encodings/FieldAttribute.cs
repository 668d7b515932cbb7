namespace Smpi;

/// <summary>Gives a member of a record its field number on Protobuf. Without it the number is the member's place in the order of declaration, from 1.</summary>
/// <remarks>Stands on a property or on a parameter of the primary constructor. Numbers are never used twice, and those of removed members are never used again.</remarks>
/// <param name="number">The number: 1 to 536,870,911, but not 19,000 to 19,999, which Protobuf keeps for itself.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter, Inherited = false)]
public sealed class FieldAttribute(int number) : Attribute
{
    /// <summary>The number.</summary>
    public int Number { get; } = number;
}
