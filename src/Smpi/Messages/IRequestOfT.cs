using System.Diagnostics.CodeAnalysis;

namespace Smpi;

/// <summary>A record that asks for one <typeparamref name="TResponse"/>.</summary>
/// <typeparam name="TResponse">The type of the answer; <see cref="Empty"/> for none.</typeparam>
[SuppressMessage("Design", "CA1040:Avoid empty interfaces", Justification = "It carries the type of the answer.")]
public interface IRequest<TResponse>;
