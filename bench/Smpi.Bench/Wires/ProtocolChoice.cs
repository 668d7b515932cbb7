namespace Smpi.Bench;

/// <summary>A protocol to measure.</summary>
/// <param name="Name">Its name in the report.</param>
/// <param name="Listen">The address to listen on, for a number of its own.</param>
/// <param name="Dial">The address to dial, from the one that listens; null when they are the same.</param>
/// <param name="InProcess">Both sides are in one process.</param>
internal sealed record ProtocolChoice(string Name, Func<string, string> Listen, Func<string, string>? Dial = null, bool InProcess = false);
