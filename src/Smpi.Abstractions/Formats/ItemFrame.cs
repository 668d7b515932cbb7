namespace Smpi;

/// <summary>How a format frames the items of one stream: each is as <see cref="ItemRun"/> says, with this envelope.</summary>
/// <param name="Envelope">The octets between the length and the body; the same in every item.</param>
/// <param name="LargestBody">Octets of the largest body that may be framed so. A larger or an empty one is written as a message.</param>
public sealed record ItemFrame(ReadOnlyMemory<byte> Envelope, int LargestBody);
