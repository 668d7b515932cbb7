using System.Buffers;
using System.Text;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Smpi.Generators.Json.Tests;

/// <summary>The codec with the straight way, and the one of the serializer alone.</summary>
internal sealed class Two<T>
{
    private readonly JsonCodec<T> _serializer;

    public Two(JsonEncodingOptions options)
    {
        var types = new JsonTypes(options);
        _serializer = new JsonCodec<T>((JsonTypeInfo<T>)types.ToWrite(typeof(T)), (JsonTypeInfo<T>)types.ToRead(typeof(T)), null,
            types.Objects);
        Straight = (JsonCodec<T>)new JsonEncoding(options).For<T>();
    }

    public JsonCodec<T> Straight { get; }

    public static Two<T> Reflected { get; } = new(new JsonEncodingOptions());

    public static Two<T> By(JsonSerializerContext context) => new(new JsonEncodingOptions { Contexts = [context], Reflection = false });

    /// <summary>Whether the straight way reads a body to its end.</summary>
    public static bool Takes(byte[] body)
    {
        var reader = new JsonShapeReader(body, 64);
        return ((JsonShape<T>)JsonShapes.Registered(typeof(T))!).TryRead(ref reader, out _) && reader.IsAtEnd;
    }

    /// <summary>Whether the straight way writes a value.</summary>
    public static bool Writes(T value)
    {
        var writer = new JsonShapeWriter(new TightOutput(0), 64);
        return ((JsonShape<T>)JsonShapes.Registered(typeof(T))!).TryWrite(ref writer, value);
    }

    /// <summary>Both write the same octets or fail with the same sentence; gives what they did.</summary>
    public string Write(T value)
    {
        (byte[] octets, string said) = Written(Straight, value, 0);
        (byte[] expected, string wanted) = Written(_serializer, value, 0);
        Assert.Equal(wanted, said);

        // An output that gives little room gets the same.
        if (said.Length > 0) return said;
        if (Straight.IsStraight) Assert.True(Writes(value));
        Assert.Equal(Encoding.UTF8.GetString(expected), Encoding.UTF8.GetString(octets));
        Assert.Equal(expected, octets);
        Assert.Equal(expected, Written(Straight, value, 1).Octets);
        return Encoding.UTF8.GetString(octets);
    }

    /// <summary>Both read the same value or fail with the same sentence; gives whether the straight way did it, the sentence, and the value.</summary>
    public (bool IsRead, string Said, T? Value) Read(byte[] body)
    {
        (T? value, string said, ErrorCode? code) = ReadBy(Straight, new ReadOnlySequence<byte>(body));
        (T? expected, string wanted, ErrorCode? wantedCode) = ReadBy(_serializer, new ReadOnlySequence<byte>(body));
        Assert.Equal((wanted, wantedCode), (said, code));
        if (said.Length == 0) Assert.Equal(Written(_serializer, expected!, 0).Octets, Written(_serializer, value!, 0).Octets);
        return (said.Length == 0, said, value);
    }

    public (bool IsRead, string Said, T? Value) Read(string body) => Read(Encoding.UTF8.GetBytes(body));

    private static (byte[] Octets, string Said) Written(JsonCodec<T> codec, T value, int room)
    {
        var output = new TightOutput(room);
        try
        {
            codec.Write(output, value);
            return (output.Octets, "");
        }
        catch (EncodingException error)
        {
            return ([], error.Message);
        }
    }

    private static (T? Value, string Said, ErrorCode? Code) ReadBy(JsonCodec<T> codec, in ReadOnlySequence<byte> body)
    {
        try
        {
            return (codec.Read(body), "", null);
        }
        catch (EncodingException error)
        {
            return (default, error.Message, error.Code);
        }
    }
}
