namespace Smpi;

/// <summary>Makes a method of a contract an event: it is told and never answered.</summary>
/// <remarks>The method returns <see cref="ValueTask"/> or <see cref="Task"/>, which is back-pressure: it ends when the event was written, not when it was handled, and what its handler throws stays there.</remarks>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class OneWayAttribute : Attribute;
