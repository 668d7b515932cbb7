using System.Buffers;

namespace Smpi.Wire.Tests.Native;

public sealed class GoldenTests
{
    [Theory]
    [MemberData(nameof(Vectors.WrittenNames), MemberType = typeof(Vectors))]
    public void The_writer_makes_the_octets_of_the_vector(string name) =>
        Assert.Equal(Convert.ToHexStringLower(Vectors.Load(name)), Convert.ToHexStringLower(Codec.Encode(Vectors.Messages(name))));

    [Theory]
    [MemberData(nameof(Vectors.AllNames), MemberType = typeof(Vectors))]
    public void The_reader_finds_the_messages_of_the_vector(string name) => Assert.Equal(Flat.All(Vectors.Messages(name)), Codec.Decode(Vectors.Load(name)));

    [Theory]
    [InlineData("request")]
    [InlineData("request-full")]
    [InlineData("response")]
    [InlineData("error")]
    [InlineData("stream")]
    [InlineData("cancel")]
    [InlineData("credit")]
    [InlineData("event")]
    [InlineData("parts")]
    [InlineData("ignored")]
    [InlineData("hello")]
    [InlineData("ping")]
    [InlineData("goodbye")]
    public void The_specification_shows_the_vector(string name)
    {
        string vector = File.ReadAllText(Path.Combine(Vectors.Root, "tests", "vectors", "native", name + ".hex"));
        string specification = File.ReadAllText(Path.Combine(Vectors.Root, "docs", "wire", "native.md"));
        Assert.Contains(vector.Trim(), specification, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_vector_is_tested()
    {
        IEnumerable<string> files = Directory.GetFiles(Path.Combine(Vectors.Root, "tests", "vectors", "native"), "*.hex").Select(file => Path.GetFileNameWithoutExtension(file)!);
        Assert.Equal(Vectors.Written.Keys.Concat(Vectors.Read.Keys).Concat(["goodbye", "hello", "ping"]).Order(), files.Order());
    }

    [Fact]
    public void The_hello_is_the_vector_both_ways()
    {
        IWireSession session = Codec.Session();
        Assert.Equal(Convert.ToHexStringLower(Vectors.Load("hello")), Convert.ToHexStringLower(Codec.Encode(session, new HopSignal(HopSignalKind.Hello) { Hello = Codec.Hello })));

        HopSignal signal = Assert.Single(Signals(session, Vectors.Load("hello")));
        PeerHello hello = signal.Hello!;
        Assert.Equal((1, 1, ConnectionRole.Dialler, "vector", 0UL), (hello.MinVersion, hello.MaxVersion, hello.Role, hello.Agent, hello.Capabilities));
        Assert.Equal(["protobuf", "json"], hello.Encodings);
        Assert.Equal(Codec.Hello.Session.ToArray(), hello.Session.ToArray());
        Assert.Equal(SmpiLimits.Default, hello.Limits);
    }

    [Fact]
    public void Ping_and_pong_are_the_vector_both_ways()
    {
        var ping = new HopSignal(HopSignalKind.Ping) { Nonce = 0x0102030405060708 };
        IWireSession session = Codec.OpenSession();
        Assert.Equal(Vectors.Load("ping"), Codec.Encode(session, ping, ping with { Kind = HopSignalKind.Pong }));
        Assert.Equal([ping, ping with { Kind = HopSignalKind.Pong }], Signals(session, Vectors.Load("ping")));
    }

    [Fact]
    public void Goodbye_is_the_vector_both_ways_and_names_the_peer()
    {
        IWireSession session = Codec.OpenSession();
        Assert.Equal(Vectors.Load("goodbye"), Codec.Encode(session, new HopSignal(HopSignalKind.Goodbye) { Reason = new(ErrorCode.Closed, "The server stops.", ClosedBy.Local) }));
        HopSignal signal = Assert.Single(Signals(session, Vectors.Load("goodbye")));
        Assert.Equal(new CloseReason(ErrorCode.Closed, "The server stops.", ClosedBy.Peer), signal.Reason);
    }

    [Fact]
    public void Every_code_keeps_its_number()
    {
        for (ulong number = 1; number <= 40; number++)
        {
            ErrorCode code = FaultCodes.Of(number);
            if (number is > 16 and < 32) Assert.Equal(ErrorCode.Unknown, code);
            else Assert.Equal((int)number, FaultCodes.NumberOf(code));
        }

        Assert.Equal(ErrorCode.Unknown, FaultCodes.Of(ulong.MaxValue));
        Assert.Equal(0, FaultCodes.NumberOf(new ErrorCode("mine")));
    }

    private static List<HopSignal> Signals(IWireSession session, byte[] octets)
    {
        var signals = new List<HopSignal>();
        var buffer = new ReadOnlySequence<byte>(octets);
        while (!buffer.IsEmpty)
        {
            Assert.Equal(ReadStatus.Signal, session.TryRead(ref buffer, out _, out _));
            signals.Add(session.Received);
        }

        return signals;
    }
}
