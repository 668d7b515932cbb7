using System.Threading.Channels;

namespace Smpi;

/// <summary>A name with a listener. What diallers hand in is an open connection, or the bytes that the listener's handshake still has to run over.</summary>
internal sealed class MemoryEndpoint(string name, MemoryNetwork network, MemorySide listener)
{
    // One slot: the queue of open connections is the listener's own, bounded by Limits.PendingHandshakes.
    private readonly Channel<IAsyncDisposable> _arrivals = Channel.CreateBounded<IAsyncDisposable>(1);

    public string Name => name;

    public IListener Listen() => new HandshakeQueue<IAsyncDisposable>($"memory:{name}", listener.Connection, TakeAsync, OpenAsync, CloseAsync);

    public async ValueTask<IConnection> ConnectAsync(MemorySide dialler, CancellationToken ct)
    {
        string own = dialler.Connection.Format.Name, other = listener.Connection.Format.Name;
        if (own != other)
        {
            throw Refused($"memory:{name} listens with the format '{other}' and this side speaks '{own}': configure the same format on both sides.");
        }

        return dialler.NeedsBytes || listener.NeedsBytes
            ? await ConnectBytesAsync(dialler, ct).ConfigureAwait(false)
            : await ConnectDirectlyAsync(dialler, ct).ConfigureAwait(false);
    }

    private async ValueTask<IConnection> ConnectDirectlyAsync(MemorySide dialler, CancellationToken ct)
    {
        (IConnection Dialler, IConnection Listener) pair;
        try
        {
            pair = MemoryLink.Create(name, dialler, listener);
        }
        catch (SmpiConfigurationException refusal)
        {
            throw Refused(refusal.Message);
        }

        await HandInAsync(pair.Listener, pair.Dialler, dialler.Connection, ct).ConfigureAwait(false);
        return pair.Dialler;
    }

    private async ValueTask<IConnection> ConnectBytesAsync(MemorySide dialler, CancellationToken ct)
    {
        (MemoryTransport near, MemoryTransport far) = MemoryTransport.CreatePair(name);
        await HandInAsync(far, near, dialler.Connection, ct).ConfigureAwait(false);
        return await StreamConnection.OpenAsync(near, dialler.Connection, "memory", ct).ConfigureAwait(false);
    }

    private async ValueTask HandInAsync(IAsyncDisposable far, IAsyncDisposable near, ConnectionOptions options, CancellationToken ct)
    {
        try
        {
            if (!_arrivals.Writer.TryWrite(far)) await WaitForRoomAsync(far, options, ct).ConfigureAwait(false);
        }
        catch
        {
            await near.DisposeAsync().ConfigureAwait(false);
            await far.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async ValueTask WaitForRoomAsync(IAsyncDisposable far, ConnectionOptions options, CancellationToken ct)
    {
        using var timeout = new CancellationTokenSource(options.Limits.HandshakeTimeout, options.TimeProvider);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(ct, timeout.Token);
        try
        {
            await _arrivals.Writer.WriteAsync(far, linked.Token).ConfigureAwait(false);
        }
        catch (System.Threading.Channels.ChannelClosedException error)
        {
            throw new ChannelClosedException(new CloseReason(ErrorCode.Unavailable, $"The listener on memory:{name} was disposed.", ClosedBy.Peer), error);
        }
        catch (OperationCanceledException error) when (!ct.IsCancellationRequested)
        {
            throw new ChannelClosedException(
                new CloseReason(ErrorCode.DeadlineExceeded, $"The listener on memory:{name} accepts too slowly: its queue stayed full.", ClosedBy.Local), error);
        }
    }

    private SmpiConfigurationException Refused(string sentence)
    {
        listener.Connection.Notes?.Invoke(new ConnectionNote("handshake", $"A dialler was refused. It was told: {sentence}"));
        return new SmpiConfigurationException(sentence);
    }

    private async ValueTask<IAsyncDisposable?> TakeAsync(CancellationToken ct)
    {
        try
        {
            return await _arrivals.Reader.ReadAsync(ct).ConfigureAwait(false);
        }
        catch (System.Threading.Channels.ChannelClosedException)
        {
            return null;
        }
    }

    private async ValueTask<IConnection> OpenAsync(IAsyncDisposable arrival, CancellationToken ct) =>
        arrival as IConnection ?? await StreamConnection.OpenAsync((IByteTransport)arrival, listener.Connection, "memory", ct).ConfigureAwait(false);

    private async ValueTask CloseAsync()
    {
        network.Remove(this);
        _arrivals.Writer.TryComplete();
        while (_arrivals.Reader.TryRead(out IAsyncDisposable? unclaimed)) await unclaimed.DisposeAsync().ConfigureAwait(false);
    }
}
