using System.Text;

namespace Smpi;

/// <summary>The limits of an envelope, for a connection that no wire format checks.</summary>
internal static class EnvelopeLimits
{
    public static void Check(in Message message, SmpiLimits limits)
    {
        if (message.Subject is { } subject) CheckSize(subject, limits.NameSize);
        if (message.Headers is not { Count: > 0 } headers) return;
        if (headers.Count > limits.HeaderCount) throw new MessageTooLargeException(headers.Count, limits.HeaderCount);
        long size = 0;
        foreach (KeyValuePair<string, string> field in headers)
        {
            CheckSize(field.Key, limits.NameSize);
            size += Encoding.UTF8.GetByteCount(field.Key) + Encoding.UTF8.GetByteCount(field.Value);
        }

        if (size > limits.HeaderSize) throw new MessageTooLargeException(size, limits.HeaderSize);
    }

    private static void CheckSize(string name, int limit)
    {
        // Three octets are the most that one UTF-16 unit becomes: short names need no counting.
        if (name.Length > limit / 3 && Encoding.UTF8.GetByteCount(name) is var size && size > limit) throw new MessageTooLargeException(size, limit);
    }
}
