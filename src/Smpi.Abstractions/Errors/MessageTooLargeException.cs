namespace Smpi;

/// <summary>A message exceeds what the receiver takes. It was not sent, and the connection lives.</summary>
/// <param name="size">The size in octets, as far as it was measured.</param>
/// <param name="limit">The limit in octets.</param>
public sealed class MessageTooLargeException(long size, long limit)
    : SmpiException(ErrorCode.TooLarge, $"The message has at least {size:N0} octets and the receiver takes {limit:N0}; raise Limits.MessageSize on the receiving side.", null)
{
    /// <summary>The size in octets, as far as it was measured.</summary>
    public long Size { get; } = size;

    /// <summary>The limit in octets.</summary>
    public long Limit { get; } = limit;
}
