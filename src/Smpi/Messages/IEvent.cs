using System.Diagnostics.CodeAnalysis;

namespace Smpi;

/// <summary>A record that tells what happened and is never answered.</summary>
[SuppressMessage("Design", "CA1040:Avoid empty interfaces", Justification = "It tells events from requests at compile time.")]
public interface IEvent;
