using System.Diagnostics.CodeAnalysis;

namespace Smpi;

/// <summary>A record whose answer says only that it was handled.</summary>
[SuppressMessage("Design", "CA1040:Avoid empty interfaces", Justification = "It carries the type of the answer.")]
public interface IRequest : IRequest<Empty>;
