using System.Text;

namespace Smpi;

/// <summary>The headers of a message on the wire: their octets, their count, then names and values.</summary>
internal static class HeaderBlock
{
    /// <summary>The octets of the block after its length field.</summary>
    /// <exception cref="MessageTooLargeException">The receiver takes fewer or smaller headers.</exception>
    public static int Measure(Headers headers, SmpiLimits peer)
    {
        if (headers.Count > peer.HeaderCount) throw new MessageTooLargeException(headers.Count, peer.HeaderCount, nameof(SmpiLimits.HeaderCount));
        long octets = Size(headers.Count);
        foreach (KeyValuePair<string, string> field in headers)
        {
            int name = Encoding.UTF8.GetByteCount(field.Key);
            int value = Encoding.UTF8.GetByteCount(field.Value);
            if (name > peer.NameSize) throw new MessageTooLargeException(name, peer.NameSize, nameof(SmpiLimits.NameSize));
            octets += Size(name) + name + Size(value) + (long)value;
        }

        return octets <= peer.HeaderSize ? (int)octets : throw new MessageTooLargeException(octets, peer.HeaderSize, nameof(SmpiLimits.HeaderSize));
    }

    /// <summary>The bytes of the block after its length field, whatever the receiver takes.</summary>
    public static long Size(Headers headers)
    {
        long bytes = Size(headers.Count);
        foreach (KeyValuePair<string, string> field in headers)
        {
            int name = Encoding.UTF8.GetByteCount(field.Key);
            int value = Encoding.UTF8.GetByteCount(field.Value);
            bytes += Size(name) + name + Size(value) + (long)value;
        }

        return bytes;
    }

    public static void Write(Headers headers, int octets, ref FrameHead head)
    {
        head.Varint((ulong)octets);
        head.Varint((ulong)headers.Count);
        foreach (KeyValuePair<string, string> field in headers)
        {
            head.Text(field.Key);
            head.Text(field.Value);
        }
    }

    /// <summary>Takes the block.</summary>
    /// <param name="cursor">Where it starts.</param>
    /// <param name="limits">What this side takes.</param>
    /// <param name="refusal">Why the message is refused, when the block is well formed and exceeds the limits; unchanged otherwise.</param>
    public static Headers? Read(ref FrameCursor cursor, SmpiLimits limits, ref Fault? refusal)
    {
        int octets = cursor.Length("headers");
        if (octets > limits.HeaderSize) return Refuse(ref cursor, octets, $"The headers have {octets:N0} octets and {limits.HeaderSize:N0} are allowed.", ref refusal);
        int end = cursor.Position + octets;
        ulong count = cursor.Varint();
        if (count > (ulong)limits.HeaderCount) return Refuse(ref cursor, end - cursor.Position, $"There are {count:N0} headers and {limits.HeaderCount:N0} are allowed.", ref refusal);
        var headers = new Headers();
        for (; count > 0; count--)
        {
            int length = cursor.Length("a header's name");
            if (length > limits.NameSize) return Refuse(ref cursor, end - cursor.Position, $"A header's name has {length:N0} octets and {limits.NameSize:N0} are allowed.", ref refusal);
            Add(headers, cursor.Utf(length, "a header's name"), cursor.Text(octets, "a header's value"));
        }

        return cursor.Position == end ? headers : throw FrameCursor.Broken("headers that do not end where they say");
    }

    private static void Add(Headers headers, string name, string value)
    {
        try
        {
            headers.Add(name, value);
        }
        catch (ArgumentException error)
        {
            throw ChannelClosedException.ProtocolError($"The peer sent a header that cannot be one: {error.Message}", error);
        }
    }

    private static Headers? Refuse(ref FrameCursor cursor, int rest, string text, ref Fault? refusal)
    {
        if (rest < 0) throw FrameCursor.Broken("headers that do not end where they say");
        cursor.Octets(rest);
        refusal ??= new Fault(ErrorCode.TooLarge, text);
        return null;
    }

    private static int Size(int value)
    {
        int octets = 1;
        for (uint rest = (uint)value; rest >= 0x80; rest >>= 7) octets++;
        return octets;
    }
}
