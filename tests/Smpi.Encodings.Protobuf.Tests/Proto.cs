using System.Buffers;
using System.Text.Json;

namespace Smpi.Tests;

/// <summary>Short forms for the tests.</summary>
internal static class Proto
{
    public static ProtobufEncoding Plain { get; } = new();

    public static byte[] Write<T>(T value, ProtobufEncoding? encoding = null)
    {
        var output = new ArrayBufferWriter<byte>();
        (encoding ?? Plain).For<T>().Write(output, value);
        return output.WrittenSpan.ToArray();
    }

    public static T Read<T>(ReadOnlySpan<byte> body, ProtobufEncoding? encoding = null) =>
        (encoding ?? Plain).For<T>().Read(new ReadOnlySequence<byte>(body.ToArray()));

    public static T ReadHex<T>(string hex, ProtobufEncoding? encoding = null) => Read<T>(Bytes(hex), encoding);

    public static string Hex<T>(T value, ProtobufEncoding? encoding = null) => Convert.ToHexStringLower(Write(value, encoding));

    public static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));

    public static T Back<T>(T value, ProtobufEncoding? encoding = null) => Read<T>(Write(value, encoding), encoding);

    public static EncodingException Refused<T>(string hex, ProtobufEncoding? encoding = null) =>
        Assert.Throws<EncodingException>(() => ReadHex<T>(hex, encoding));

    /// <summary>Equality of records that hold collections: by their JSON.</summary>
    public static void Same<T>(T expected, T actual) => Assert.Equal(JsonSerializer.Serialize(expected), JsonSerializer.Serialize(actual));

    /// <summary>One segment for each octet.</summary>
    public static ReadOnlySequence<byte> Shredded(byte[] body)
    {
        Segment? first = null, last = null;
        foreach (byte octet in body)
        {
            var next = new Segment([octet], last);
            first ??= next;
            last = next;
        }

        return first is null ? default : new ReadOnlySequence<byte>(first, 0, last!, 1);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(byte[] octets, Segment? before)
        {
            Memory = octets;
            if (before is null) return;
            RunningIndex = before.RunningIndex + before.Memory.Length;
            before.Next = this;
        }
    }
}
