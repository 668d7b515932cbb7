using System.Collections.Concurrent;

namespace Smpi;

/// <summary>Accepts peers until it is drained or disposed.</summary>
internal sealed class ListeningServer : ISmpiServer, IPeerOwner
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private readonly ChannelPlan _plan;
    private readonly Router _router;
    private readonly PeerSettings _settings;
    private readonly PeerGroup _peers = new();
    private readonly SharedOctets _octets = new();
    private readonly PeerGroups _groups = new();
    private readonly PeerSessions _sessions = new();
    private readonly ConcurrentDictionary<long, PeerChannel> _leaving = new();
    private readonly Dictionary<string, CodecSet> _codecs = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _once = new(1);
    private readonly ChannelDiagnostics _diagnostics;
    private IListener? _listener;
    private Task? _accepting;
    private long _lastId;
    private int _disposed;

    public ListeningServer(ChannelPlan plan, Router router, PeerSettings settings)
    {
        Traits.Check(router, plan.Format);
        _plan = plan;
        _router = router;
        _settings = settings;
        _diagnostics = new ChannelDiagnostics(plan.Options);
    }

    public string Address => _listener?.Address ?? "";

    public IPeerGroup Peers => _peers;

    public IPeerGroup Group(string name) => _groups.Get(name);

    public async ValueTask ListenAsync(CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
        await _once.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_listener is not null) return;

            // An endpoint may have been given its policy after the server was made.
            ProtocolGuards.Check(_plan.Whose, _plan.Given, _plan.Protocol, _plan.Address);
            ConnectionOptions options = Connector.Options(_plan, _diagnostics) with { Role = ConnectionRole.Listener };
            _listener = await ((IServerProtocol)_plan.Protocol).ListenAsync(options, cancellationToken).ConfigureAwait(false);
            _accepting = Task.Run(AcceptAsync, CancellationToken.None);
        }
        finally
        {
            _once.Release();
        }
    }

    public async ValueTask DrainAsync(CancellationToken cancellationToken = default)
    {
        // A handler that drains its own server would wait for itself. Its token fires when its connection closes, so that one closes last.
        PeerChannel? own = cancellationToken.CanBeCanceled ? All().FirstOrDefault(peer => peer.Link.TryForgive(cancellationToken)) : null;
        using var limit = new CancellationTokenSource(_plan.Limits.DrainTimeout, _plan.TimeProvider);
        if (own is not null) cancellationToken = CancellationToken.None;
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        await StopAcceptingAsync().ConfigureAwait(false);
        await Task.WhenAll(All().Where(peer => peer != own).Select(peer => peer.DrainAsync(linked.Token).AsTask())).ConfigureAwait(false);
        if (own is not null) await own.DrainAsync(linked.Token).ConfigureAwait(false);
        await DisposeAsync().ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        await StopAcceptingAsync().ConfigureAwait(false);
        await Task.WhenAll(All().Select(peer => peer.DisposeAsync().AsTask())).ConfigureAwait(false);
        if (!_plan.OwnsEventLoop || _plan.EventLoop is not IAsyncDisposable loop) return;
        await UserCode.DisposeAsync(loop, _diagnostics, LoopFailures.Name).ConfigureAwait(false);
    }

    public void Leaving(PeerChannel peer)
    {
        _leaving[peer.Id] = peer;
        _peers.Remove(peer);
    }

    public void Left(PeerChannel peer)
    {
        // Whoever added it meanwhile did so before it was gone.
        _peers.Remove(peer);
        _groups.Left(peer);
        _sessions.Left(peer);
        _leaving.TryRemove(peer.Id, out _);
        UserCode.Call(_diagnostics, nameof(PeerSettings.Disconnected), _settings.Disconnected, peer);
    }

    private async Task StopAcceptingAsync()
    {
        await UserCode.CancelAsync(_stop, _diagnostics, nameof(ListenAsync)).ConfigureAwait(false);
        if (_listener is not null) await UserCode.DisposeAsync(_listener, _diagnostics, nameof(DisposeAsync)).ConfigureAwait(false);
        if (_accepting is not null) await _accepting.ConfigureAwait(false);
    }

    private async Task AcceptAsync()
    {
        TimeSpan pause = FirstPause;
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                if (await _listener!.AcceptAsync(_stop.Token).ConfigureAwait(false) is not { } connection) return;
                pause = FirstPause;
                await WelcomeAsync(connection).ConfigureAwait(false);
                continue;
            }
            catch (Exception error)
            {
                if (_stop.IsCancellationRequested) return;

                // A listener of the user may throw anything, and peers that come later are to be served nevertheless.
                _diagnostics.Report(nameof(IListener.AcceptAsync), error);
                if (error is ObjectDisposedException) return;
            }

            await Task.Delay(pause, _plan.TimeProvider, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private async ValueTask WelcomeAsync(IConnection connection)
    {
        try
        {
            if (_peers.Count + _leaving.Count >= _plan.Limits.Connections)
            {
                connection.Info.Hop?.Goodbye(new CloseReason(ErrorCode.ResourceExhausted, $"The server has its {_plan.Limits.Connections} connections.", ClosedBy.Peer));
                await connection.FlushAsync(_stop.Token).ConfigureAwait(false);
                await connection.DisposeAsync().ConfigureAwait(false);
                return;
            }

            foreach (Func<IConnection, IConnection> layer in _plan.Layers) connection = layer(connection);
            CodecSet codecs = Connector.Codecs(_plan, connection, _codecs);
            var peer = new PeerChannel(Interlocked.Increment(ref _lastId), connection, codecs, _plan, _router, _octets, this);
            _peers.Add(peer);
            if (_sessions.Replace(peer) is { } before) peer.Follow(before);
            peer.Link.Start();

            // A callback that throws may have been about to refuse the peer.
            if (!UserCode.Call(_diagnostics, "OnPeer", _settings.Connected, peer)) Leave(connection);
        }
        catch (Exception error)
        {
            if (!_stop.IsCancellationRequested) _diagnostics.Report(nameof(IListener.AcceptAsync), error);
            Leave(connection);
        }
    }

    // Those that are leaving are in both for a moment.
    private IEnumerable<PeerChannel> All() => _peers.Cast<PeerChannel>().Concat(_leaving.Values).Distinct();
    // Not awaited: a peer that takes no goodbye must not keep the next one waiting.
    private void Leave(IConnection connection) => _ = UserCode.DisposeAsync(connection, _diagnostics, nameof(DisposeAsync)).AsTask();
}
