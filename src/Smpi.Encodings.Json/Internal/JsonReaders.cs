using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;

namespace Smpi;

/// <summary>Readers over whole bodies.</summary>
internal static class JsonReaders
{
    /// <summary>A body in one piece. The serializer reads it directly; through a reader it would look for the value's end first, and read it twice.</summary>
    public static ReadOnlySpan<byte> Checked(ReadOnlySpan<byte> body) => Utf8.IsValid(body) ? body : throw NotUtf8();

    /// <summary>A body in several pieces.</summary>
    public static Utf8JsonReader Over(in ReadOnlySequence<byte> body, JsonSerializerOptions options)
    {
        if (!Utf8Check.IsValid(in body)) throw NotUtf8();
        return new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = options.MaxDepth });
    }

    /// <summary>Refuses anything after the value.</summary>
    public static void End(ref Utf8JsonReader reader)
    {
        if (reader.Read()) throw new JsonException("The body goes on after its value.");
    }

    /// <summary>The length of a text with its quotes; 0 when it does not begin or does not end.</summary>
    /// <param name="body">Begins with the quote.</param>
    /// <param name="at">Where to begin, after octets that are plain.</param>
    public static int LengthOfText(ReadOnlySpan<byte> body, int at)
    {
        if (body.IsEmpty || body[0] != (byte)'"') return 0;
        while (at < body.Length)
        {
            int found = body[at..].IndexOfAny((byte)'"', (byte)'\\');
            if (found < 0) return 0;
            at += found;
            if (body[at] == (byte)'"') return at + 1;
            at += 2;
        }

        return 0;
    }

    private static JsonException NotUtf8() => new("The body is not UTF-8.");
}
