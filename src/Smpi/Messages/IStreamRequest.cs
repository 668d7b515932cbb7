using System.Diagnostics.CodeAnalysis;

namespace Smpi;

/// <summary>A record that asks for a stream of <typeparamref name="TItem"/>.</summary>
/// <typeparam name="TItem">The type of the items.</typeparam>
[SuppressMessage("Design", "CA1040:Avoid empty interfaces", Justification = "It carries the type of the items.")]
public interface IStreamRequest<TItem>;
