using System.Net;
using System.Net.Sockets;

namespace Smpi.Providers.Tcp.Tests;

public sealed class TcpTests : ProtocolBehaviour
{
    protected override IServerProtocol Listener() => new TcpProtocol("127.0.0.1", 0);

    protected override IProtocol Dialler(IListener listener) => Of(listener);

    private static TcpProtocol Of(IListener listener) => new("127.0.0.1", Port(listener));

    private static int Port(IListener listener) => int.Parse(listener.Address[(listener.Address.LastIndexOf(':') + 1)..], null);

    private static async Task<Socket> RawAsync(IListener listener)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, Port(listener)).WaitAsync(Wire.Patience);
        return socket;
    }

    [Fact]
    public async Task Port_zero_becomes_the_real_port()
    {
        await using IListener listener = await Listener().ListenAsync();
        Assert.Matches("^tcp://127\\.0\\.0\\.1:[1-9][0-9]*$", listener.Address);
    }

    [Fact]
    public async Task IPv6_has_brackets_in_its_address()
    {
        await using IListener listener = await new TcpProtocol("::1", 0).ListenAsync();
        Assert.Matches("^tcp://\\[::1\\]:[1-9][0-9]*$", listener.Address);
        (IConnection client, IConnection server) = await Wire.PairAsync(listener, new TcpProtocol("::1", Port(listener)));
        await using IConnection first = client, second = server;
        await Wire.AssertEchoAsync(client, server);
    }

    [Fact]
    public async Task A_name_reaches_whichever_of_its_addresses_listens()
    {
        await using IListener listener = await Listener().ListenAsync();
        (IConnection client, IConnection server) = await Wire.PairAsync(listener, new TcpProtocol("localhost", Port(listener)));
        await using IConnection first = client, second = server;
        Assert.Equal($"tcp://localhost:{Port(listener)}", client.Info.Remote);
        Assert.StartsWith("tcp://127.0.0.1:", server.Info.Remote, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_connection_names_the_endpoint()
    {
        IListener listener = await Listener().ListenAsync();
        await listener.DisposeAsync();
        var error = await Assert.ThrowsAsync<ChannelClosedException>(() => Of(listener).ConnectAsync());
        Assert.Equal(ErrorCode.Unavailable, error.Code);
        Assert.Equal($"Nothing listens on {listener.Address}: the connection was refused.", error.Message);
    }

    [Fact]
    public async Task An_unknown_host_may_come_back()
    {
        var error = await Assert.ThrowsAsync<ChannelClosedException>(() => new TcpProtocol("no-such-host.invalid", 1).ConnectAsync());
        Assert.Equal(ErrorCode.Unavailable, error.Code);
        Assert.Contains("tcp://no-such-host.invalid:1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_of_another_machine_cannot_be_listened_on()
    {
        var error = await Assert.ThrowsAsync<SmpiConfigurationException>(() => new TcpProtocol("192.0.2.1", 0).ListenAsync());
        Assert.Contains("is no address of this machine", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("two words", 1)]
    [InlineData("*", 1)]
    [InlineData("127.0.0.1", 65536)]
    [InlineData("127.0.0.1", -1)]
    public void A_host_or_port_that_cannot_be_is_configuration(string host, int port) =>
        Assert.Throws<SmpiConfigurationException>(() => new TcpProtocol(host, port));

    [Fact]
    public async Task A_peer_that_resets_gives_a_typed_reason()
    {
        await using IListener listener = await Listener().ListenAsync(Wire.Options(hello: false));
        using Socket raw = await RawAsync(listener);
        await using IConnection server = (await listener.AcceptAsync())!;
        raw.LingerState = new LingerOption(true, 0);
        raw.Close();
        var error = await Assert.ThrowsAsync<ChannelClosedException>(server.ReceiveAsync);
        Assert.Equal(ErrorCode.Unavailable, error.Code);
        Assert.Equal(ClosedBy.Transport, error.Reason.By);
        Assert.Contains("reset the connection", error.Message, StringComparison.Ordinal);
        Assert.Contains("tcp://127.0.0.1:", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_peer_that_ends_its_direction_can_still_be_written_to()
    {
        await using IListener listener = await Listener().ListenAsync(Wire.Options(hello: false));
        using Socket raw = await RawAsync(listener);
        await using IConnection server = (await listener.AcceptAsync())!;
        raw.Shutdown(SocketShutdown.Send);
        Assert.Null(await server.ReceiveAsync());
        await server.SendAsync("still here");
        await server.DisposeAsync();
        Assert.Equal(5 + "still here".Length, (await ReadToEndAsync(raw)).Length);
    }

    [Fact]
    public async Task An_end_in_the_middle_of_a_message_is_no_good_order()
    {
        await using IListener listener = await Listener().ListenAsync(Wire.Options(hello: false));
        using Socket raw = await RawAsync(listener);
        await using IConnection server = (await listener.AcceptAsync())!;
        await raw.SendAsync(new byte[] { 10, 0, 0, 0, 8, 1 });
        raw.Shutdown(SocketShutdown.Send);
        var error = await Assert.ThrowsAsync<ChannelClosedException>(server.ReceiveAsync);
        Assert.Contains("in the middle of a message", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Disposal_with_unread_octets_ends_in_good_order_for_the_peer()
    {
        await using IListener listener = await Listener().ListenAsync(Wire.Options(hello: false));
        using Socket raw = await RawAsync(listener);
        await using IConnection server = (await listener.AcceptAsync())!;
        await raw.SendAsync(new byte[100_000]);
        await server.SendAsync("last words");
        await server.DisposeAsync();
        await raw.SendAsync(new byte[10]);
        Assert.Equal(5 + "last words".Length, (await ReadToEndAsync(raw)).Length);
    }

    [Fact]
    public async Task A_peer_without_hello_is_noted_after_the_handshake_timeout()
    {
        var notes = new Notes();
        await using IListener listener = await Listener().ListenAsync(
            notes.Listening(Wire.Options()) with { Limits = new SmpiLimits { HandshakeTimeout = TimeSpan.FromMilliseconds(200) } });
        using Socket raw = await RawAsync(listener);
        Assert.Contains("sent no hello", await notes.NextAsync("handshake"), StringComparison.Ordinal);
        Assert.Equal(2, (await ReadToEndAsync(raw)).Length - 5);
    }

    private static async Task<byte[]> ReadToEndAsync(Socket raw)
    {
        List<byte> all = [];
        byte[] buffer = new byte[4096];
        int count;
        while ((count = await raw.ReceiveAsync(buffer).WaitAsync(Wire.Patience)) > 0) all.AddRange(buffer[..count]);
        return [.. all];
    }
}
