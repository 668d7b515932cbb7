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

    /// <summary>Reads a text with escapes or characters beyond ASCII.</summary>
    /// <param name="body">Begins with the quote.</param>
    /// <param name="at">Where the first of them stands.</param>
    /// <param name="length">The length with both quotes.</param>
    /// <returns>Null when the text does not end.</returns>
    /// <exception cref="JsonException">The text is none.</exception>
    public static string? Text(ReadOnlySpan<byte> body, int at, out int length)
    {
        length = 0;
        while (true)
        {
            int found = body[at..].IndexOfAny((byte)'"', (byte)'\\');
            if (found < 0) return null;
            at += found;
            if (body[at] == (byte)'"') break;
            at += 2;
            if (at >= body.Length) return null;
        }

        length = at + 1;
        var reader = new Utf8JsonReader(body[..length]);
        reader.Read();
        return reader.GetString();
    }

    private static JsonException NotUtf8() => new("The body is not UTF-8.");
}
