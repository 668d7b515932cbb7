namespace Smpi.Bench;

/// <summary>A peer cannot be run on this machine; the message says why.</summary>
internal sealed class PeerMissingException(string message) : Exception(message);
