using System.Buffers;

namespace Smpi.Records.Tests;

/// <summary>Writing and reading in one expression.</summary>
internal static class Coding
{
    public static byte[] Encode<T>(this IEncoding encoding, T value)
    {
        var output = new ArrayBufferWriter<byte>();
        encoding.For<T>().Write(output, value);
        return output.WrittenSpan.ToArray();
    }

    public static T Decode<T>(this IEncoding encoding, ReadOnlyMemory<byte> body) => encoding.For<T>().Read(new ReadOnlySequence<byte>(body));

    public static T Back<T>(this IEncoding encoding, T value) => encoding.Decode<T>(encoding.Encode(value));
}
