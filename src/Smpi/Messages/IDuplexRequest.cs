using System.Diagnostics.CodeAnalysis;

namespace Smpi;

/// <summary>A record that opens a stream in both directions.</summary>
/// <typeparam name="TIn">The type of the items that the caller sends.</typeparam>
/// <typeparam name="TOut">The type of the items that the caller gets.</typeparam>
[SuppressMessage("Design", "CA1040:Avoid empty interfaces", Justification = "It carries the types of the call.")]
public interface IDuplexRequest<TIn, TOut>;
