using System.Buffers;
using System.Text;

namespace Smpi.Encodings.Json.Tests;

internal static class Coding
{
    public static readonly JsonEncoding Reflected = new();

    public static readonly JsonEncoding Generated = new(new JsonEncodingOptions { Contexts = [TestContext.Default], Reflection = false });

    public static byte[] Bytes<T>(this JsonEncoding encoding, T value)
    {
        var output = new ArrayBufferWriter<byte>();
        encoding.For<T>().Write(output, value);
        return output.WrittenSpan.ToArray();
    }

    public static string Text<T>(this JsonEncoding encoding, T value) => Encoding.UTF8.GetString(encoding.Bytes(value));

    public static T Parse<T>(this JsonEncoding encoding, byte[] body) => encoding.For<T>().Read(new ReadOnlySequence<byte>(body));

    public static T Parse<T>(this JsonEncoding encoding, string body) => encoding.Parse<T>(Encoding.UTF8.GetBytes(body));

    /// <summary>The same octets in pieces of a size.</summary>
    public static ReadOnlySequence<byte> Pieces(byte[] body, int size)
    {
        if (body.Length == 0) return ReadOnlySequence<byte>.Empty;
        var first = new Piece(body.AsMemory(0, Math.Min(size, body.Length)), 0);
        Piece last = first;
        for (int at = size; at < body.Length; at += size) last = last.Add(body.AsMemory(at, Math.Min(size, body.Length - at)));
        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(ReadOnlyMemory<byte> memory, long index) => (Memory, RunningIndex) = (memory, index);

        public Piece Add(ReadOnlyMemory<byte> memory)
        {
            var next = new Piece(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
