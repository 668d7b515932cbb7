namespace Smpi;

/// <summary>What a write did.</summary>
/// <param name="Body">Octets of the encoded body, for credit; known only after encoding in place.</param>
/// <param name="Waiting">Octets in the outbox that are not yet handed to the transport, for back-pressure.</param>
public readonly record struct Written(int Body, int Waiting);
