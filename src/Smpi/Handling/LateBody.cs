namespace Smpi;

/// <summary>Large bodies that are decoded apart from the reader, so that one that takes long holds up nobody else's messages.</summary>
internal static class LateBody
{
    // A body in one frame is decoded in a moment, and not worth a thread of its own.
    private const int Large = 64 * 1024;

    /// <summary>Whether a body should be decoded elsewhere: it is large, and no mere copy.</summary>
    public static bool Is<T>(in Message message) =>
        message.BodyRef.Length > Large && message.Value is null && typeof(T) != typeof(RawBody) && typeof(T) != typeof(PooledBody) && typeof(T) != typeof(Empty);

    /// <summary>Holds the body beyond its loan.</summary>
    public static PooledBody Keep(in Message message) => PooledBodyCodec.Instance.Read(in message.BodyRef);
}
