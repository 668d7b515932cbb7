using System.Buffers;
using System.Text;

namespace Smpi.Wire.Tests.Native;

public sealed class OpeningTests
{
    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\n\r\n", "HTTP")]
    [InlineData("HTTP/1.1 400 Bad Request\r\n", "HTTP")]
    [InlineData("\u0016\u0003\u0001\u0002\u0000\u0001", "TLS")]
    [InlineData("Content-Length: 20\r\n\r\n{}", "JSON-RPC")]
    [InlineData("{\"jsonrpc\":\"2.0\"}", "JSON")]
    [InlineData("SSH-2.0-x", "SSH")]
    [InlineData("hello there", "native")]
    public void A_foreign_peer_is_named_and_shown(string octets, string name)
    {
        ChannelClosedException error = Refused(Encoding.Latin1.GetBytes(octets));
        Assert.Contains(name, error.Message, StringComparison.Ordinal);
        Assert.Contains(Convert.ToHexStringLower(Encoding.Latin1.GetBytes(octets[..4])).Insert(6, " ").Insert(4, " ").Insert(2, " "), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_sentence_shows_text_and_octets() =>
        Assert.Equal(
            "The peer does not speak the native format but seems to speak HTTP: it began with 'GET / HTTP/1.1..' (47 45 54 20 2f 20 48 54 54 50 2f 31 2e 31 0d 0a).",
            Refused("GET / HTTP/1.1\r\n"u8.ToArray()).Message);

    [Fact]
    public void Nothing_but_a_hello_or_goodbye_may_come_first()
    {
        Refused(Vectors.Load("request"));
        Refused(Vectors.Load("ping"));
        Refused(Vectors.Load("ignored"));
        IWireSession session = Codec.Session();
        var goodbye = new ReadOnlySequence<byte>(Vectors.Load("goodbye"));
        Assert.Equal(ReadStatus.Signal, session.TryRead(ref goodbye, out _, out _));
        Assert.Equal(HopSignalKind.Goodbye, session.Received.Kind);

        // A goodbye opens nothing.
        var request = new ReadOnlySequence<byte>(Vectors.Load("request"));
        Assert.Throws<ChannelClosedException>(() => session.TryRead(ref request, out _, out _));
    }

    [Fact]
    public void A_first_frame_above_the_hello_limit_is_refused_before_it_is_complete()
    {
        byte[] start = [.. BitConverter.GetBytes(4093), 0x10, 0, .. "SMPI\u0001"u8];
        Refused(start);
        byte[] fits = [.. BitConverter.GetBytes(4092), 0x10, 0, .. "SMPI\u0001"u8];
        var buffer = new ReadOnlySequence<byte>(fits);
        Assert.Equal(ReadStatus.NeedMore, Codec.Session().TryRead(ref buffer, out _, out _));
    }

    [Fact]
    public void A_wrong_magic_is_refused_at_its_first_octet() => Refused([20, 0, 0, 0, 0x10, 0, (byte)'X']);

    [Fact]
    public void Unknown_fields_of_a_hello_are_skipped()
    {
        byte[] known = Vectors.Load("hello");
        byte[] hello = Codec.Frame([.. known[4..], 0x0f, 3, 1, 2, 3, 0x7f, 0, 0xff, 0x7f, 1, 9]);
        IWireSession session = Codec.Session();
        var buffer = new ReadOnlySequence<byte>(hello);
        Assert.Equal(ReadStatus.Signal, session.TryRead(ref buffer, out _, out _));
        Assert.Equal(SmpiLimits.Default, session.Received.Hello!.Limits);
    }

    [Fact]
    public void Every_limit_travels_and_huge_ones_are_clamped()
    {
        SmpiLimits limits = SmpiLimits.Default with
        {
            MessageSize = 1,
            HeaderSize = 2,
            HeaderCount = 3,
            NameSize = 4,
            StreamWindow = 5,
            MaxStreamWindow = 6,
            ConnectionWindow = 7,
            Calls = 8,
            Streams = 9,
            Subscriptions = 10,
            InFlightSize = 11,
            Depth = 12,
        };
        PeerHello hello = Read(Codec.Encode(Codec.Session(), new HopSignal(HopSignalKind.Hello)
        {
            Hello = Codec.Hello with { Limits = limits, Role = ConnectionRole.Listener, Capabilities = ulong.MaxValue, ResumeToken = new byte[] { 1, 2 }, MaxVersion = 3 },
        }));
        Assert.Equal(limits, hello.Limits);
        Assert.Equal((ConnectionRole.Listener, ulong.MaxValue, 1, 3), (hello.Role, hello.Capabilities, hello.MinVersion, hello.MaxVersion));
        Assert.Equal([1, 2], hello.ResumeToken.ToArray());

        byte[] huge = Codec.Frame([.. Vectors.Load("hello")[4..], 16, 6, 0xff, 0xff, 0xff, 0xff, 0xff, 1]);
        Assert.Equal(int.MaxValue, Read(huge).Limits.MessageSize);
    }

    [Theory]
    [InlineData("0101010201010300")]
    [InlineData("0101020201010510000102030405060708090a0b0c0d0e0f")]
    [InlineData("0101010201010301020510000102030405060708090a0b0c0d0e0f")]
    [InlineData("01010102010105020001")]
    [InlineData("010101020101051f00")]
    [InlineData("01020101")]
    public void A_hello_that_lacks_or_breaks_a_field_is_refused(string fields) =>
        Assert.Throws<ChannelClosedException>(() => Read(Codec.Frame([0x10, 0, .. "SMPI\u0001"u8, .. Convert.FromHexString(fields)])));

    private static PeerHello Read(byte[] octets)
    {
        IWireSession session = Codec.Session();
        var buffer = new ReadOnlySequence<byte>(octets);
        Assert.Equal(ReadStatus.Signal, session.TryRead(ref buffer, out _, out _));
        return session.Received.Hello!;
    }

    private static ChannelClosedException Refused(byte[] octets)
    {
        var buffer = new ReadOnlySequence<byte>(octets);
        ChannelClosedException error = Assert.Throws<ChannelClosedException>(() => Codec.Session().TryRead(ref buffer, out _, out _));
        Assert.Equal(ErrorCode.ProtocolError, error.Code);
        return error;
    }
}
