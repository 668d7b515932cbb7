namespace Smpi;

/// <summary>A body that no encoding touches: the octets as they travel, for foreign peers and for bridges.</summary>
/// <param name="Octets">The octets. Those that were received are a copy and may be kept; for large ones see <see cref="PooledBody"/>.</param>
public readonly record struct RawBody(ReadOnlyMemory<byte> Octets);
