namespace Smpi;

/// <summary>Says that a request, or that of a contract's method, may be sent again when a connection was lost and nobody knows whether it was handled.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Method, Inherited = false)]
public sealed class IdempotentAttribute : Attribute;
