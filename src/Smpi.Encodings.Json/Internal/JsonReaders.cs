using System.Buffers;
using System.Text.Json;

namespace Smpi;

/// <summary>Readers over whole bodies.</summary>
internal static class JsonReaders
{
    public static Utf8JsonReader Over(in ReadOnlySequence<byte> body, JsonSerializerOptions options)
    {
        if (!Utf8Check.IsValid(in body)) throw new JsonException("The body is not UTF-8.");
        var how = new JsonReaderOptions { MaxDepth = options.MaxDepth };
        return body.IsSingleSegment ? new Utf8JsonReader(body.FirstSpan, how) : new Utf8JsonReader(body, how);
    }

    /// <summary>Refuses anything after the value.</summary>
    public static void End(ref Utf8JsonReader reader)
    {
        if (reader.Read()) throw new JsonException("The body goes on after its value.");
    }
}
