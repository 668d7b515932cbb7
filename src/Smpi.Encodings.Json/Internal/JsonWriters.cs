using System.Buffers;
using System.Text.Json;

namespace Smpi;

/// <summary>One writer per thread, used again.</summary>
internal static class JsonWriters
{
    [ThreadStatic]
    private static Utf8JsonWriter? _spare;

    public static Utf8JsonWriter Rent(IBufferWriter<byte> output, JsonSerializerOptions options)
    {
        Utf8JsonWriter? writer = _spare;
        if (writer is not null && writer.Options.MaxDepth == options.MaxDepth)
        {
            // A converter may write by another codec meanwhile.
            _spare = null;
            writer.Reset(output);
            return writer;
        }

        // A body is no part of a page: text beyond ASCII stays as it is, which is shorter.
        return new Utf8JsonWriter(output, new JsonWriterOptions { SkipValidation = true, MaxDepth = options.MaxDepth, Encoder = StrictText.Instance });
    }

    public static void Return(Utf8JsonWriter writer)
    {
        writer.Reset(Nowhere.Instance);
        _spare = writer;
    }

    /// <summary>What an idle writer holds on to.</summary>
    private sealed class Nowhere : IBufferWriter<byte>
    {
        public static readonly Nowhere Instance = new();

        public void Advance(int count)
        {
        }

        public Memory<byte> GetMemory(int sizeHint = 0) => throw new InvalidOperationException("An idle writer writes nothing.");

        public Span<byte> GetSpan(int sizeHint = 0) => throw new InvalidOperationException("An idle writer writes nothing.");
    }
}
