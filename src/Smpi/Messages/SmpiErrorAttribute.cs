namespace Smpi;

/// <summary>Says the error code of a record that is thrown as the detail of a <see cref="FaultException"/>.</summary>
/// <param name="code">The code, such as <c>orders.sold-out</c>.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class SmpiErrorAttribute(string code) : Attribute
{
    /// <summary>The code.</summary>
    public string Code { get; } = code;
}
