namespace Smpi;

/// <summary>A message exceeds what the receiver takes. It was not sent, and the connection lives.</summary>
/// <param name="size">The size in octets, as far as it was measured; for <c>HeaderCount</c> in fields.</param>
/// <param name="limit">The limit in the same unit.</param>
/// <param name="setting">The member of <see cref="SmpiLimits"/> that is exceeded.</param>
public sealed class MessageTooLargeException(long size, long limit, string setting = nameof(SmpiLimits.MessageSize))
    : SmpiException(ErrorCode.TooLarge, Sentence(size, limit, setting), null)
{
    /// <summary>The size in octets, as far as it was measured.</summary>
    public long Size { get; } = size;

    /// <summary>The limit in octets.</summary>
    public long Limit { get; } = limit;

    private static string Sentence(long size, long limit, string setting)
    {
        string what = setting switch
        {
            nameof(SmpiLimits.HeaderSize) => $"The headers have {size:N0} octets",
            nameof(SmpiLimits.HeaderCount) => $"The message has {size:N0} headers",
            nameof(SmpiLimits.NameSize) => $"A name in the message has {size:N0} octets",
            _ => $"The message has at least {size:N0} octets",
        };
        return $"{what} and the receiver takes {limit:N0}; raise Limits.{setting} on the receiving side.";
    }
}
