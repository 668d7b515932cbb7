using System.Diagnostics.CodeAnalysis;

namespace Smpi;

/// <summary>A record that opens a stream of <typeparamref name="TItem"/> from the caller, answered by one <typeparamref name="TResponse"/>.</summary>
/// <typeparam name="TItem">The type of the items that the caller sends.</typeparam>
/// <typeparam name="TResponse">The type of the answer.</typeparam>
[SuppressMessage("Design", "CA1040:Avoid empty interfaces", Justification = "It carries the types of the call.")]
public interface IClientStreamRequest<TItem, TResponse>;
