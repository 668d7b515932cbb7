namespace Smpi.Conformance;

/// <summary>What holds for every protocol that listens: everything of <see cref="ConnectionConformance"/>, and how connections come about.</summary>
public abstract class ProtocolConformance : ConnectionConformance
{
    /// <summary>A protocol to listen with, on an endpoint that nobody else uses. Called once in a test.</summary>
    protected abstract IServerProtocol CreateListener();

    /// <summary>A protocol that dials a listener.</summary>
    /// <param name="listener">The listener, open or disposed.</param>
    protected abstract IProtocol CreateDialler(IListener listener);

    /// <inheritdoc/>
    protected sealed override async Task<ConnectionPair> OpenAsync()
    {
        IListener listener = await ListenAsync();
        (IConnection dialler, IConnection accepted) = await ConnectAsync(listener);
        return new ConnectionPair(dialler, accepted, listener);
    }

    [Fact]
    public async Task A_protocol_has_the_name_that_its_connections_tell()
    {
        IServerProtocol protocol = CreateListener();
        await using IListener listener = await protocol.ListenAsync(Options, CancellationToken.None).Soon();
        Assert.NotEmpty(listener.Address);
        (IConnection dialler, IConnection accepted) = await ConnectAsync(listener);
        await using var pair = new ConnectionPair(dialler, accepted);
        Assert.Equal(protocol.Name, accepted.Info.Protocol);
        Assert.Equal(protocol.Name, dialler.Info.Protocol);
        if (accepted.Info.Peer is { } peer) Assert.Equal(ConnectionRole.Dialler, peer.Role);
        if (dialler.Info.Peer is { } other) Assert.Equal(ConnectionRole.Listener, other.Role);
    }

    [Fact]
    public async Task Many_peers_are_accepted_and_kept_apart()
    {
        await using IListener listener = await ListenAsync();
        List<(IConnection Dialler, IConnection Accepted)> pairs = [];
        for (int peer = 0; peer < 10; peer++) pairs.Add(await ConnectAsync(listener));
        for (int peer = 0; peer < 10; peer++) await pairs[peer].Dialler.SendAsync(peer, 100);
        for (int peer = 0; peer < 10; peer++) Assert.Equal(1, await pairs[peer].Accepted.TakeAsync(1, peer, 100));
        await pairs[0].Dialler.DisposeAsync().Soon();
        await pairs[1].Accepted.SendAsync(50, 100);
        Assert.Equal(1, await pairs[1].Dialler.TakeAsync(1, 50, 100));
        await CloseAsync(pairs.SelectMany(pair => new[] { pair.Dialler, pair.Accepted }));
    }

    [Fact]
    public async Task Peers_that_connect_at_once_are_all_accepted()
    {
        await using IListener listener = await ListenAsync();
        Task<IConnection>[] dialling = [.. Enumerable.Range(0, 20).Select(_ => CreateDialler(listener).ConnectAsync(Options, CancellationToken.None).Soon())];
        List<IConnection> accepted = [];
        for (int peer = 0; peer < 20; peer++) accepted.Add((await listener.AcceptAsync(CancellationToken.None).Soon())!);
        IConnection[] dialled = await Task.WhenAll(dialling).Soon();
        Assert.DoesNotContain(null, accepted);
        await CloseAsync(dialled.Concat(accepted));
    }

    [Fact]
    public async Task A_disposed_listener_ends_a_pending_accept_with_null()
    {
        IListener listener = await ListenAsync();
        Task<IConnection?> accepting = listener.AcceptAsync(CancellationToken.None).AsTask();
        Assert.False(accepting.IsCompleted);
        await listener.DisposeAsync().Soon();
        Assert.Null(await accepting.Soon());
        Assert.Null(await listener.AcceptAsync(CancellationToken.None).Soon());
        await listener.DisposeAsync().Soon();
    }

    [Fact]
    public async Task A_disposed_listener_leaves_its_connections_open()
    {
        IListener listener = await ListenAsync();
        (IConnection dialler, IConnection accepted) = await ConnectAsync(listener);
        await using var pair = new ConnectionPair(dialler, accepted);
        await listener.DisposeAsync().Soon();
        await dialler.SendAsync(1, 100);
        Assert.Equal(1, await accepted.TakeAsync(1, 1, 100));
    }

    [Fact]
    public async Task A_cancelled_accept_leaves_the_listener_usable()
    {
        await using IListener listener = await ListenAsync();
        using var source = new CancellationTokenSource();
        Task<IConnection?> accepting = listener.AcceptAsync(source.Token).AsTask();
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => accepting.Soon());
        (IConnection dialler, IConnection accepted) = await ConnectAsync(listener);
        await using var pair = new ConnectionPair(dialler, accepted);
        await dialler.SendAsync(1, 100);
        Assert.Equal(1, await accepted.TakeAsync(1, 1, 100));
    }

    [Fact]
    public async Task Connecting_to_nobody_is_a_typed_failure_that_may_be_tried_again()
    {
        IListener listener = await ListenAsync();
        IProtocol dialler = CreateDialler(listener);
        await listener.DisposeAsync().Soon();
        ChannelClosedException error = await Assert.ThrowsAsync<ChannelClosedException>(() => dialler.ConnectAsync(Options, CancellationToken.None).Soon());
        Assert.Equal(ErrorCode.Unavailable, error.Code);
        Assert.True(error.Code.IsRetryable);
    }

    [Fact]
    public async Task A_cancelled_connect_throws_cancellation_and_leaves_the_listener_usable()
    {
        await using IListener listener = await ListenAsync();
        using var source = new CancellationTokenSource();
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => CreateDialler(listener).ConnectAsync(Options, source.Token).Soon());
        (IConnection dialler, IConnection accepted) = await ConnectAsync(listener);
        await using var pair = new ConnectionPair(dialler, accepted);
        await accepted.SendAsync(1, 100);
        Assert.Equal(1, await dialler.TakeAsync(1, 1, 100));
    }

    [Fact]
    public async Task An_endpoint_in_use_is_refused_and_stays_with_its_listener()
    {
        await using IListener listener = await ListenAsync();
        if (CreateDialler(listener) is not IServerProtocol again) return;
        await Assert.ThrowsAsync<SmpiConfigurationException>(() => again.ListenAsync(Options, CancellationToken.None).Soon());
        (IConnection dialler, IConnection accepted) = await ConnectAsync(listener);
        await CloseAsync([dialler, accepted]);
    }

    private static Task CloseAsync(IEnumerable<IConnection> connections) => Task.WhenAll(connections.Select(connection => connection.DisposeAsync().AsTask())).Soon();

    private Task<IListener> ListenAsync() => CreateListener().ListenAsync(Options, CancellationToken.None).Soon();

    private async Task<(IConnection Dialler, IConnection Accepted)> ConnectAsync(IListener listener)
    {
        Task<IConnection?> accepting = listener.AcceptAsync(CancellationToken.None).AsTask();
        IConnection dialler = await CreateDialler(listener).ConnectAsync(Options, CancellationToken.None).Soon();
        IConnection? accepted = await accepting.Soon();
        Assert.NotNull(accepted);
        return (dialler, accepted);
    }
}
