namespace Smpi;

/// <summary>The number of a member where an encoding tells members apart by numbers, as Protobuf does. Without it they are numbered in order of declaration.</summary>
/// <remarks>A number says what a member is to every peer: never change it, and never use that of a removed member again.</remarks>
/// <param name="number">1 to 536870911, but not 19000 to 19999.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class FieldAttribute(int number) : Attribute
{
    /// <summary>The number.</summary>
    public int Number { get; } = number;
}
