using System.Text;

namespace Smpi.Wire.Tests.Native;

/// <summary>The octets in tests/vectors/native and the messages that they are.</summary>
internal static class Vectors
{
    /// <summary>Vectors that this writer makes too, octet by octet.</summary>
    public static IReadOnlyDictionary<string, Message[]> Written { get; } = new Dictionary<string, Message[]>
    {
        ["request"] =
        [
            new() { Kind = MessageKind.Request, Id = new(1), Subject = "files.read", Body = Bytes("{\"path\":\"a\"}") },
            new() { Kind = MessageKind.Request, Id = new(300), Subject = "files.read", Body = Bytes("{\"path\":\"b\"}") },
        ],
        ["request-full"] =
        [
            new()
            {
                Kind = MessageKind.Request, Id = new("call-7"), Subject = "sum", Amount = 1500, Headers = Fields(("trace", "t1"), ("trace", "t2")), Body = Bytes("[1,2]"),
            },
        ],
        ["response"] =
        [
            new() { Kind = MessageKind.Response, IsReply = true, Id = new(1), Body = Bytes("{\"text\":\"hi\"}") },
            new() { Kind = MessageKind.Response, IsReply = true, Id = new(300) },
        ],
        ["error"] =
        [
            new() { Kind = MessageKind.Error, IsReply = true, Id = new(1), Fault = new(ErrorCode.NotFound, "There is no file 'a'.") },
            new() { Kind = MessageKind.Error, IsReply = true, Id = new(2), Fault = new(new("orders.sold-out"), "Sold out."), Body = Bytes("{\"left\":0}") },
            new() { Kind = MessageKind.Error, IsReply = true, Id = new(3), Fault = new(ErrorCode.TooLarge, "") },
        ],
        ["stream"] =
        [
            new() { Kind = MessageKind.Item, IsReply = true, Id = new(5), Body = Bytes("\"line 1\"") },
            new() { Kind = MessageKind.Item, Id = new(5), Body = Bytes("\"up\"") },
            new() { Kind = MessageKind.End, Id = new(5) },
            new() { Kind = MessageKind.End, IsReply = true, Id = new(5) },
        ],
        ["cancel"] = [new() { Kind = MessageKind.Cancel, Id = new(5) }, new() { Kind = MessageKind.Cancel, Id = new("call-7") }],
        ["credit"] =
        [
            new() { Kind = MessageKind.Credit, Id = new(5), Amount = 16384 },
            new() { Kind = MessageKind.Credit, IsReply = true, Id = new(5), Amount = 16384 },
            new() { Kind = MessageKind.Credit, Amount = 65536 },
        ],
        ["event"] =
        [
            new() { Kind = MessageKind.Event, Subject = "log.line", Body = Bytes("\"started\"") },
            new() { Kind = MessageKind.Event, Subject = "log.line", Headers = Fields(("n", "é1")), Body = Bytes("\"stopped\"") },
        ],
    };

    /// <summary>Vectors that are only read.</summary>
    public static IReadOnlyDictionary<string, Message[]> Read { get; } = new Dictionary<string, Message[]>
    {
        ["parts"] =
        [
            new() { Kind = MessageKind.Response, IsReply = true, Id = new(4), Body = Bytes("whole") },
            new() { Kind = MessageKind.Event, Subject = "tick", Body = Bytes("ab") },
            new() { Kind = MessageKind.Response, IsReply = true, Id = new(9), Body = Bytes("uno,due") },
            new() { Kind = MessageKind.Request, Id = new(9), Subject = "put", Body = Bytes("one,two,three") },
        ],
        ["ignored"] = [new() { Kind = MessageKind.Response, IsReply = true, Id = new(1) }],
    };

    public static TheoryData<string> WrittenNames => [.. Written.Keys];

    public static TheoryData<string> AllNames => [.. Written.Keys, .. Read.Keys];

    public static Message[] Messages(string name) => Written.TryGetValue(name, out Message[]? messages) ? messages : Read[name];

    public static byte[] Load(string name)
    {
        IEnumerable<string> lines = File.ReadAllLines(Path.Combine(Root, "tests", "vectors", "native", name + ".hex")).Select(line => line.Split('#')[0]);
        return Convert.FromHexString(string.Concat(lines).Replace(" ", "", StringComparison.Ordinal));
    }

    public static string Root { get; } = FindRoot();

    public static System.Buffers.ReadOnlySequence<byte> Bytes(string text) => new(Encoding.UTF8.GetBytes(text));

    public static Headers Fields(params (string Name, string Value)[] fields)
    {
        var headers = new Headers();
        foreach ((string name, string value) in fields) headers.Add(name, value);
        return headers;
    }

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Smpi.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException("No folder above the tests holds Smpi.sln.");
    }
}
