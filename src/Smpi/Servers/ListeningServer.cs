using System.Collections.Concurrent;

namespace Smpi;

/// <summary>Accepts peers until it is drained or disposed.</summary>
internal sealed class ListeningServer : ISmpiServer
{
    private readonly ChannelPlan _plan;
    private readonly Router _router;
    private readonly PeerSettings _settings;
    private readonly PeerGroup _peers = new();
    private readonly SharedOctets _octets = new();
    private readonly ConcurrentDictionary<string, PeerGroup> _groups = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CodecSet> _codecs = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _once = new(1);
    private readonly Action<PeerChannel> _left;
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
        _left = Left;
    }

    public string Address => _listener?.Address ?? "";

    public IPeerGroup Peers => _peers;

    public IPeerGroup Group(string name) => _groups.GetOrAdd(name, static _ => new PeerGroup());

    public async ValueTask ListenAsync(CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
        await _once.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_listener is not null) return;

            // An endpoint may have been given its policy after the server was made.
            ProtocolGuards.Check(_plan.Whose, _plan.Given, _plan.Protocol, _plan.Address);
            _listener = await ((IServerProtocol)_plan.Protocol).ListenAsync(Connector.Options(_plan) with { Role = ConnectionRole.Listener }, cancellationToken).ConfigureAwait(false);
            _accepting = Task.Run(AcceptAsync, CancellationToken.None);
        }
        finally
        {
            _once.Release();
        }
    }

    public async ValueTask DrainAsync(CancellationToken cancellationToken = default)
    {
        using var limit = new CancellationTokenSource(_plan.Limits.DrainTimeout, _plan.TimeProvider);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        await StopAcceptingAsync().ConfigureAwait(false);
        await Task.WhenAll(_peers.Cast<PeerChannel>().Select(peer => peer.DrainAsync(linked.Token).AsTask())).ConfigureAwait(false);
        await DisposeAsync().ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        await StopAcceptingAsync().ConfigureAwait(false);
        await Task.WhenAll(_peers.Cast<PeerChannel>().Select(peer => peer.DisposeAsync().AsTask())).ConfigureAwait(false);
        if (_plan.EventLoop is IAsyncDisposable loop && _plan.OwnsEventLoop) await loop.DisposeAsync().ConfigureAwait(false);
    }

    private async Task StopAcceptingAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        if (_listener is not null) await _listener.DisposeAsync().ConfigureAwait(false);
        if (_accepting is not null) await _accepting.ConfigureAwait(false);
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            IConnection? connection;
            try
            {
                connection = await _listener!.AcceptAsync(_stop.Token).ConfigureAwait(false);
            }
            catch (Exception error) when (error is OperationCanceledException or SmpiException or ObjectDisposedException)
            {
                return;
            }

            if (connection is null) return;
            await WelcomeAsync(connection).ConfigureAwait(false);
        }
    }

    private async ValueTask WelcomeAsync(IConnection connection)
    {
        try
        {
            if (_peers.Count >= _plan.Limits.Connections)
            {
                connection.Info.Hop?.Goodbye(new CloseReason(ErrorCode.ResourceExhausted, $"The server has its {_plan.Limits.Connections} connections.", ClosedBy.Peer));
                await connection.FlushAsync(_stop.Token).ConfigureAwait(false);
                await connection.DisposeAsync().ConfigureAwait(false);
                return;
            }

            foreach (Func<IConnection, IConnection> layer in _plan.Layers) connection = layer(connection);
            var peer = new PeerChannel(Interlocked.Increment(ref _lastId), connection, Connector.Codecs(_plan, connection, _codecs), _plan, _router, _octets, _left);
            _peers.Add(peer);
            peer.Link.Start();
            _settings.Connected?.Invoke(peer);
        }
        catch (Exception error)
        {
            _plan.Options.Errors?.Invoke("accept", error);
            await connection.DisposeAsync().ConfigureAwait(false);
        }
    }

    private void Left(PeerChannel peer)
    {
        _peers.Remove(peer);
        foreach (PeerGroup group in _groups.Values) group.Remove(peer);
        _settings.Disconnected?.Invoke(peer);
    }
}
