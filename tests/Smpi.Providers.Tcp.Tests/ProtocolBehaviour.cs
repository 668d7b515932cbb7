using System.Security.Cryptography;

namespace Smpi.Providers.Tcp.Tests;

/// <summary>What holds for every protocol that listens.</summary>
public abstract class ProtocolBehaviour
{
    /// <summary>A protocol to listen with, on an endpoint that nobody else uses.</summary>
    protected abstract IServerProtocol Listener();

    /// <summary>A protocol that dials a listener.</summary>
    protected abstract IProtocol Dialler(IListener listener);

    [Fact]
    public async Task Messages_travel_both_ways()
    {
        await using IListener listener = await Listener().ListenAsync();
        (IConnection client, IConnection server) = await Wire.PairAsync(listener, Dialler(listener));
        await using IConnection first = client, second = server;
        await Wire.AssertEchoAsync(client, server);
        Assert.Equal(ConnectionRole.Listener, client.Info.Peer!.Role);
        Assert.Equal(ConnectionRole.Dialler, server.Info.Peer!.Role);
        Assert.Equal(Listener().Name, server.Info.Protocol);
    }

    [Fact]
    public async Task A_message_of_one_mebibyte_arrives_whole()
    {
        await using IListener listener = await Listener().ListenAsync();
        (IConnection client, IConnection server) = await Wire.PairAsync(listener, Dialler(listener));
        await using IConnection first = client, second = server;
        byte[] large = RandomNumberGenerator.GetBytes(1024 * 1024);
        Task sending = client.SendAsync(large);
        Assert.Equal(large, await server.ReceiveAsync());
        await sending;
    }

    [Fact]
    public async Task Several_peers_are_served_at_once()
    {
        await using IListener listener = await Listener().ListenAsync();
        List<(IConnection Client, IConnection Server)> pairs = [];
        for (int i = 0; i < 5; i++) pairs.Add(await Wire.PairAsync(listener, Dialler(listener)));
        foreach ((IConnection client, IConnection server) in pairs) await Wire.AssertEchoAsync(client, server);
        foreach ((IConnection client, IConnection server) in pairs)
        {
            await client.DisposeAsync();
            await server.DisposeAsync();
        }
    }

    [Fact]
    public async Task Read_returns_null_after_the_peer_disposes()
    {
        await using IListener listener = await Listener().ListenAsync();
        (IConnection client, IConnection server) = await Wire.PairAsync(listener, Dialler(listener));
        await using IConnection second = server;
        await client.DisposeAsync();
        Assert.Null(await server.ReceiveAsync());
        Assert.Equal(ErrorCode.Closed, server.Info.Closed!.Code);
    }

    [Fact]
    public async Task The_last_message_before_disposal_arrives_although_the_other_direction_is_unread()
    {
        await using IListener listener = await Listener().ListenAsync();
        (IConnection client, IConnection server) = await Wire.PairAsync(listener, Dialler(listener));
        await using IConnection second = server;
        await server.SendAsync(new byte[20_000]);
        await client.SendAsync("last words");
        await client.DisposeAsync();
        Assert.Equal("last words", await server.ReceiveTextAsync());
    }

    [Fact]
    public async Task Disposal_ends_a_pending_read_and_may_be_repeated()
    {
        await using IListener listener = await Listener().ListenAsync();
        (IConnection client, IConnection server) = await Wire.PairAsync(listener, Dialler(listener));
        await using IConnection second = server;
        Task<bool> reading = client.ReadAsync(CancellationToken.None).AsTask();
        await client.DisposeAsync().AsTask().WaitAsync(Wire.Patience);
        var error = await Assert.ThrowsAsync<ChannelClosedException>(() => reading.WaitAsync(Wire.Patience));
        Assert.Equal(ClosedBy.Local, error.Reason.By);
        await client.DisposeAsync();
    }

    [Fact]
    public async Task Disposal_ends_a_send_that_the_peer_does_not_take()
    {
        await using IListener listener = await Listener().ListenAsync();
        (IConnection client, IConnection server) = await Wire.PairAsync(listener, Dialler(listener));
        await using IConnection second = server;
        client.Write(new Message { Kind = MessageKind.Event, Body = new(new byte[32 * 1024 * 1024]) });
        Task sending = client.FlushAsync(CancellationToken.None).AsTask();
        Assert.False(sending.IsCompleted);
        await client.DisposeAsync().AsTask().WaitAsync(Wire.Patience);
        await Assert.ThrowsAsync<ChannelClosedException>(() => sending.WaitAsync(Wire.Patience));
        await Assert.ThrowsAsync<ChannelClosedException>(server.ReceiveAsync);
    }

    [Fact]
    public async Task Cancelling_a_read_ends_the_connection()
    {
        await using IListener listener = await Listener().ListenAsync();
        (IConnection client, IConnection server) = await Wire.PairAsync(listener, Dialler(listener));
        await using IConnection first = client, second = server;
        using var cancel = new CancellationTokenSource();
        Task<bool> reading = client.ReadAsync(cancel.Token).AsTask();
        await cancel.CancelAsync();
        await Assert.ThrowsAsync<ChannelClosedException>(() => reading.WaitAsync(Wire.Patience));
    }

    [Fact]
    public async Task A_disposed_listener_ends_accepting_with_null_and_refuses()
    {
        IListener listener = await Listener().ListenAsync();
        IProtocol dialler = Dialler(listener);
        Task<IConnection?> accepting = listener.AcceptAsync();
        await listener.DisposeAsync().AsTask().WaitAsync(Wire.Patience);
        Assert.Null(await accepting);
        Assert.Null(await listener.AcceptAsync());
        await listener.DisposeAsync();
        var error = await Assert.ThrowsAsync<ChannelClosedException>(() => dialler.ConnectAsync());
        Assert.Equal(ErrorCode.Unavailable, error.Code);
        Assert.Contains("Nothing listens on", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_silent_peer_holds_up_nobody()
    {
        await using IListener listener = await Listener().ListenAsync();
        IProtocol dialler = Dialler(listener);
        await using IConnection silent = await dialler.ConnectAsync(Wire.Options(hello: false));
        (IConnection client, IConnection server) = await Wire.PairAsync(listener, dialler);
        await using IConnection first = client, second = server;
        await Wire.AssertEchoAsync(client, server);
    }

    [Fact]
    public async Task Listening_twice_is_refused_with_the_address()
    {
        await using IListener listener = await Listener().ListenAsync();
        var again = (IServerProtocol)Dialler(listener);
        var error = await Assert.ThrowsAsync<SmpiConfigurationException>(() => again.ListenAsync());
        Assert.Contains($"{listener.Address} is in use", error.Message, StringComparison.Ordinal);
        (IConnection client, IConnection server) = await Wire.PairAsync(listener, Dialler(listener));
        await using IConnection first = client, second = server;
        await Wire.AssertEchoAsync(client, server);
    }

    [Fact]
    public async Task An_endpoint_can_be_listened_on_again_after_disposal()
    {
        IListener listener = await Listener().ListenAsync();
        var again = (IServerProtocol)Dialler(listener);
        await listener.DisposeAsync();
        await using IListener second = await again.ListenAsync();
        Assert.Equal(listener.Address, second.Address);
    }

    [Fact]
    public async Task A_cancelled_attempt_throws_cancellation()
    {
        await using IListener listener = await Listener().ListenAsync();
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Dialler(listener).ConnectAsync(Wire.Options(), cancelled.Token).AsTask().WaitAsync(Wire.Patience));
    }
}
