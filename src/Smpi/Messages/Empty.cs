namespace Smpi;

/// <summary>No value: the answer of a request that has none. It travels as an empty body on every encoding.</summary>
public readonly record struct Empty;
