using System.Collections.Concurrent;

namespace Smpi.Tests;

public sealed class MemoryProtocolTests
{
    private readonly MemoryNetwork _network = new();

    public static TheoryData<string, bool> Wires => new() { { "native", false }, { "native", true }, { "lines", false } };

    [Theory]
    [MemberData(nameof(Wires))]
    public async Task A_listener_yields_the_other_end_of_each_connection(string format, bool bytes)
    {
        ConnectionOptions options = Wire.Options with { Format = new NamedFormat(format) };
        var protocol = new MemoryProtocol("x", _network, new MemoryOptions { Bytes = bytes });
        await using IListener listener = await protocol.ListenAsync(options, default);
        await using IConnection near = await protocol.ConnectAsync(options, default);
        await using IConnection far = (await listener.AcceptAsync(default).AsTask().WaitAsync(Wire.Patience))!;
        Assert.Equal("memory:x", listener.Address);
        await near.SendAsync(Wire.Event("ping", "1"), Wire.Event("ping", new string('p', 10_000)));
        Assert.Equal(["ping:1", $"ping:{new string('p', 10_000)}"], await far.TakeAsync(2));
        await far.SendAsync(Wire.Event("pong"));
        Assert.Equal(["pong:"], await near.TakeAsync(1));
        await far.DisposeAsync();
        Assert.False(await near.NextAsync());
        Assert.Equal(ClosedBy.Peer, near.Info.Closed!.By);
    }

    [Fact]
    public async Task Bytes_are_bounded_and_back_pressure_holds_the_sender()
    {
        var protocol = new MemoryProtocol("x", _network, new MemoryOptions { Bytes = true });
        await using IListener listener = await protocol.ListenAsync(Wire.Options, default);
        await using IConnection near = await protocol.ConnectAsync(Wire.Options, default);
        await using IConnection far = (await listener.AcceptAsync(default))!;
        near.Write(Wire.Event("big"), new TestBody(3_000_000));
        Task flush = near.FlushAsync(default).AsTask();
        Assert.False(flush.IsCompleted);
        Assert.Equal([$"big:{new string('x', 3_000_000)}"], await far.TakeAsync(1));
        await flush.WaitAsync(Wire.Patience);
    }

    [Fact]
    public async Task Hello_is_exchanged_without_bytes()
    {
        var protocol = new MemoryProtocol("x", _network);
        ConnectionOptions server = Wire.Options with { Agent = "server", Encodings = ["msgpack", "json"], Limits = new SmpiLimits { MessageSize = 77 } };
        await using IListener listener = await protocol.ListenAsync(server, default);
        await using IConnection near = await protocol.ConnectAsync(Wire.Options with { Agent = "client", Encodings = ["protobuf", "json", "msgpack"] }, default);
        await using IConnection far = (await listener.AcceptAsync(default))!;
        Assert.Equal(("json", "json"), (near.Info.Encoding, far.Info.Encoding));
        Assert.Equal(("server", 77, ConnectionRole.Listener), (near.Info.Peer!.Agent, near.Info.Peer.Limits.MessageSize, near.Info.Peer.Role));
        Assert.Equal(("client", ConnectionRole.Dialler), (far.Info.Peer!.Agent, far.Info.Peer.Role));
        Assert.Equal(16, near.Info.Peer.Session.Length);
    }

    [Fact]
    public async Task Without_a_common_encoding_both_sides_are_told()
    {
        var notes = new ConcurrentQueue<ConnectionNote>();
        var protocol = new MemoryProtocol("x", _network);
        await using IListener listener = await protocol.ListenAsync(Wire.Options with { Encodings = ["json"], Notes = notes.Enqueue }, default);
        var error = await Assert.ThrowsAsync<SmpiConfigurationException>(async () => await protocol.ConnectAsync(Wire.Options with { Encodings = ["protobuf"] }, default));
        Assert.Contains("'protobuf'", error.Message, StringComparison.Ordinal);
        Assert.Contains("'json'", Assert.Single(notes).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Different_formats_are_refused_by_name()
    {
        var protocol = new MemoryProtocol("x", _network);
        await using IListener listener = await protocol.ListenAsync(Wire.Options, default);
        var error = await Assert.ThrowsAsync<SmpiConfigurationException>(
            async () => await protocol.ConnectAsync(Wire.Options with { Format = new NamedFormat("lines") }, default));
        Assert.Contains("'native'", error.Message, StringComparison.Ordinal);
        Assert.Contains("'lines'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_without_a_listener_is_unavailable_and_the_sentence_lists_the_others()
    {
        await using IListener other = await new MemoryProtocol("other", _network).ListenAsync(Wire.Options, default);
        var error = await Assert.ThrowsAsync<ChannelClosedException>(async () => await new MemoryProtocol("x", _network).ConnectAsync(Wire.Options, default));
        Assert.Equal("Nobody listens on memory:x. Names with listeners: 'other'.", error.Message);
        Assert.True(error.Code.IsRetryable);
    }

    [Fact]
    public async Task A_name_has_one_listener_until_it_is_disposed()
    {
        var protocol = new MemoryProtocol("x", _network);
        IListener first = await protocol.ListenAsync(Wire.Options, default);
        var error = await Assert.ThrowsAsync<SmpiConfigurationException>(async () => await protocol.ListenAsync(Wire.Options, default));
        Assert.Contains("is in use", error.Message, StringComparison.Ordinal);
        await using IListener elsewhere = await new MemoryProtocol("x", new MemoryNetwork()).ListenAsync(Wire.Options, default);
        Task<IConnection?> accept = first.AcceptAsync(default).AsTask();
        await first.DisposeAsync();
        Assert.Null(await accept.WaitAsync(Wire.Patience));
        await using IListener second = await protocol.ListenAsync(Wire.Options, default);
        Assert.Equal("memory:x", second.Address);
    }

    [Fact]
    public async Task A_connection_that_nobody_accepted_ends_with_its_listener()
    {
        var protocol = new MemoryProtocol("x", _network);
        IListener listener = await protocol.ListenAsync(Wire.Options, default);
        await using IConnection near = await protocol.ConnectAsync(Wire.Options, default);
        await listener.DisposeAsync();
        Assert.False(await near.NextAsync());
    }

    [Fact]
    public async Task A_listener_that_accepts_nothing_stops_diallers_in_time()
    {
        var limits = new SmpiLimits { PendingHandshakes = 1, HandshakeTimeout = TimeSpan.FromMilliseconds(50) };
        var protocol = new MemoryProtocol("x", _network);
        await using IListener listener = await protocol.ListenAsync(Wire.Options with { Limits = limits }, default);
        var error = await Assert.ThrowsAsync<ChannelClosedException>(async () =>
        {
            for (int i = 0; i < 10; i++) await protocol.ConnectAsync(Wire.Options with { Limits = limits }, default);
        });
        Assert.Equal(ErrorCode.DeadlineExceeded, error.Code);
    }

    [Theory]
    [InlineData("name", null, "memory:name")]
    [InlineData("//name", "true", "memory:name")]
    public void An_address_makes_the_protocol(string rest, string? bytes, string expected)
    {
        var registry = new Registry();
        registry.AddMemory(_network);
        Dictionary<string, string> options = bytes is null ? [] : new() { ["bytes"] = bytes };
        Assert.Equal(expected, registry.Entry!.Create(new ProtocolAddress("memory", rest, options)).ToString());
        Assert.Throws<SmpiConfigurationException>(() => registry.Entry.Create(new ProtocolAddress("memory", "", options)));
        Assert.Throws<SmpiConfigurationException>(() => registry.Entry.Create(new ProtocolAddress("memory", "x", new Dictionary<string, string> { ["bytes"] = "2" })));
    }

    private sealed class Registry : IProviderRegistry
    {
        public ProtocolEntry? Entry { get; private set; }

        public void Register(ProviderEntry entry) => Entry = (ProtocolEntry)entry;
    }
}
