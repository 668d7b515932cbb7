using System.Globalization;

namespace Smpi.Bench;

/// <summary>What can be chosen. A new protocol, format, encoding or loop is one line here.</summary>
internal static class Dimensions
{
    private static readonly string Own = Path.Combine(Path.GetTempPath(), $"smpi-bench-{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}");

    public static IReadOnlyList<ProtocolChoice> Protocols { get; } =
    [
        new("tcp", _ => "tcp://127.0.0.1:0"),
        new("unix", tag => $"unix:{Own}-{tag}.sock"),
        new("ipc", tag => $"ipc:{Path.GetFileName(Own)}-{tag}"),
        new("pipe", tag => $"pipe:{Path.GetFileName(Own)}-{tag}"),
        new("tls", _ => $"tls[certificate={Certificates.File},key={Certificates.Key}]://127.0.0.1:0", address => address.Replace("tls:", $"tls[ca={Certificates.File}]:", StringComparison.Ordinal)),
        new("ws", _ => "ws://127.0.0.1:0/smpi"),
        new("memory", tag => $"memory:{tag}", InProcess: true),
        new("memory by octets", tag => $"memory[bytes=true]:{tag}", address => address.Replace("memory:", "memory[bytes=true]:", StringComparison.Ordinal), InProcess: true),
    ];

    public static IReadOnlyDictionary<string, Func<IWireFormat?>> Formats { get; } = new Dictionary<string, Func<IWireFormat?>>
    {
        ["native"] = () => null,
    };

    public static IReadOnlyDictionary<string, Func<IEncoding>> Encodings { get; } = new Dictionary<string, Func<IEncoding>>
    {
        // Generated shapes and no others: a record without one is an error, not reflection.
        ["msgpack"] = () => MessagePackEncoding.OfShapes(new MessagePackEncodingOptions()),
        ["json"] = () => new JsonEncoding(BenchJson.Default),
        ["protobuf"] = () => new ProtobufEncoding(),
        ["hand"] = () => new HandEncoding(),
    };

    public static IReadOnlyDictionary<string, Func<IEventLoopBinding>> Loops { get; } = new Dictionary<string, Func<IEventLoopBinding>>
    {
        ["pool"] = () => EventLoop.ThreadPool,
        ["inline"] = () => EventLoop.Inline,
        ["scheduler"] = () => EventLoop.From(TaskScheduler.Default),
        ["context"] = () => EventLoop.From(new SynchronizationContext()),
        ["thread"] = () => new DedicatedThreadLoop("bench"),
        ["pumped"] = PumpedThread.Start,
    };

    /// <summary>The safety features that can be switched off by public options, one at a time.</summary>
    public static IReadOnlyDictionary<string, Action<SmpiBuilder>> Terms { get; } = new Dictionary<string, Action<SmpiBuilder>>
    {
        ["full"] = _ => { },
        ["no deadline"] = builder => builder.WithDeadline(Timeout.InfiniteTimeSpan),
        ["no credit"] = builder => builder.WithLimits(limits => limits with { StreamWindow = 1 << 29, MaxStreamWindow = 1 << 29, ConnectionWindow = 1 << 30 }),
        ["no heartbeat"] = builder => builder.WithLimits(limits => limits with { HeartbeatInterval = TimeSpan.Zero }),
        ["no reconnect"] = builder => builder.WithReconnect(new ReconnectOptions { Enabled = false }),
        ["wide limits"] = builder => builder.WithLimits(limits => limits with { Calls = 1 << 20, InFlightSize = int.MaxValue, SendQueue = 1 << 28 }),
    };

    public static ProtocolChoice Protocol(string name) => Protocols.First(choice => choice.Name == name);
}
