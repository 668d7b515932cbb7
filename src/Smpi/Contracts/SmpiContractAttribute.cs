namespace Smpi;

/// <summary>Marks an interface whose methods are calls: the package <c>Smpi.Generators</c> writes its client and its dispatcher.</summary>
/// <remarks>
/// A method takes one record, at most one <see cref="IAsyncEnumerable{T}"/> of items that the caller sends, and at most one <see cref="CancellationToken"/>, in this order. It returns
/// <see cref="ValueTask{TResult}"/> or <see cref="Task{TResult}"/> for an answer, <see cref="ValueTask"/> or <see cref="Task"/> for an answer without a value (<see cref="Empty"/>), or
/// <see cref="IAsyncEnumerable{T}"/> for a stream; <see cref="OneWayAttribute"/> makes it an event. A method with a body in the interface does not travel. The subject of a method is
/// <c>contract.method</c> in kebab case, without the <c>I</c> of the interface and the <c>Async</c> of the method; <see cref="SmpiMessageAttribute"/> on the method says another one.
/// </remarks>
/// <param name="name">The first part of the subjects; null for the interface's name in kebab case.</param>
[AttributeUsage(AttributeTargets.Interface, Inherited = false)]
public sealed class SmpiContractAttribute(string? name = null) : Attribute
{
    /// <summary>The first part of the subjects; null for the interface's name in kebab case.</summary>
    public string? Name { get; } = name;
}
