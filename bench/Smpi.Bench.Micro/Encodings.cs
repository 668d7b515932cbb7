namespace Smpi.Bench.Micro;

/// <summary>The encodings by name.</summary>
internal static class Encodings
{
    public static IReadOnlyDictionary<string, Func<IEncoding>> All { get; } = new Dictionary<string, Func<IEncoding>>
    {
        ["json"] = () => new JsonEncoding(MicroJson.Default),
        ["msgpack"] = () => new MessagePackEncoding(),
        ["msgpack arrays"] = () => new MessagePackEncoding(new MessagePackEncodingOptions { AsArrays = true }),
        ["protobuf"] = () => new ProtobufEncoding(),
    };
}
