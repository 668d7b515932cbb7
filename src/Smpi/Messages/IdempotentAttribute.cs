namespace Smpi;

/// <summary>Says that a request may be sent again when a connection was lost and nobody knows whether it was handled.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class IdempotentAttribute : Attribute;
