namespace Smpi;

/// <summary>A message exceeds what its receiver takes: a request of this side, which was then not sent, or an answer of the peer. The connection lives.</summary>
public sealed class MessageTooLargeException : SmpiException
{
    private const long Unknown = -1;

    /// <summary>Makes an exception.</summary>
    /// <param name="size">The size in bytes, as far as it was measured; for <c>HeaderCount</c> in fields.</param>
    /// <param name="limit">The limit in the same unit.</param>
    /// <param name="setting">The member of <see cref="SmpiLimits"/> that is exceeded.</param>
    public MessageTooLargeException(long size, long limit, string setting = nameof(SmpiLimits.MessageSize))
        : base(ErrorCode.TooLarge, Sentence(size, limit, setting), null)
    {
        Size = size;
        Limit = limit;
    }

    /// <summary>Makes an exception for a message that the other side measured.</summary>
    /// <param name="message">The sentence of the other side.</param>
    public MessageTooLargeException(string message)
        : base(ErrorCode.TooLarge, message, null)
    {
        Size = Unknown;
        Limit = Unknown;
    }

    /// <summary>The size in bytes, as far as it was measured; -1 when the other side measured it and its sentence says it.</summary>
    public long Size { get; }

    /// <summary>The limit in bytes; -1 when the other side's sentence says it.</summary>
    public long Limit { get; }

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
