using System.Threading.Channels;

namespace Smpi;

/// <summary>The listener of every protocol that accepts something raw first: it runs handshakes side by side, so a slow peer holds up nobody.</summary>
/// <typeparam name="TRaw">What the protocol accepts, such as a socket.</typeparam>
public sealed class HandshakeQueue<TRaw> : IListener
    where TRaw : class
{
    private readonly Channel<IConnection> _ready;
    private readonly SemaphoreSlim _slots;
    private readonly CancellationTokenSource _ended = new();
    private readonly ConnectionOptions _options;
    private readonly Func<CancellationToken, ValueTask<TRaw?>> _accept;
    private readonly Func<TRaw, CancellationToken, ValueTask<IConnection>> _open;
    private readonly Func<ValueTask> _close;
    private readonly Task _loop;
    private int _disposed;

    /// <summary>Starts to accept.</summary>
    /// <param name="address">The address that a peer connects to.</param>
    /// <param name="options">Limits and clock.</param>
    /// <param name="accept">Accepts the next raw peer; null or an exception when the listener was closed.</param>
    /// <param name="open">Makes a connection of a raw peer, handshake included; owns the raw peer from then on, also when it fails.</param>
    /// <param name="close">Closes the listener; called once.</param>
    public HandshakeQueue(
        string address,
        ConnectionOptions options,
        Func<CancellationToken, ValueTask<TRaw?>> accept,
        Func<TRaw, CancellationToken, ValueTask<IConnection>> open,
        Func<ValueTask> close)
    {
        ArgumentNullException.ThrowIfNull(options);
        Address = address;
        _options = options;
        _accept = accept;
        _open = open;
        _close = close;
        _ready = Channel.CreateBounded<IConnection>(options.Limits.PendingHandshakes);
        _slots = new SemaphoreSlim(options.Limits.PendingHandshakes);
        _loop = Task.Run(AcceptLoopAsync);
    }

    /// <inheritdoc/>
    public string Address { get; }

    /// <inheritdoc/>
    public async ValueTask<IConnection?> AcceptAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _ready.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            throw;
        }
        catch (System.Threading.Channels.ChannelClosedException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        await _ended.CancelAsync().ConfigureAwait(false);
        await _close().ConfigureAwait(false);
        await _loop.ConfigureAwait(false);
        _ready.Writer.TryComplete();
        while (_ready.Reader.TryRead(out IConnection? unclaimed)) await unclaimed.DisposeAsync().ConfigureAwait(false);
    }

    private async Task AcceptLoopAsync()
    {
        try
        {
            while (!_ended.IsCancellationRequested)
            {
                await _slots.WaitAsync(_ended.Token).ConfigureAwait(false);
                TRaw? raw = await _accept(_ended.Token).ConfigureAwait(false);
                if (raw is null) break;
                _ = OpenAsync(raw);
            }
        }
        catch (Exception error)
        {
            if (!_ended.IsCancellationRequested) _options.Notes?.Invoke(new ConnectionNote("listener", $"{Address} accepts no more: {error.Message}"));
        }
        finally
        {
            if (!_ended.IsCancellationRequested) _ready.Writer.TryComplete();
        }
    }

    private async Task OpenAsync(TRaw raw)
    {
        try
        {
            IConnection connection = await _open(raw, _ended.Token).ConfigureAwait(false);
            try
            {
                await _ready.Writer.WriteAsync(connection, _ended.Token).ConfigureAwait(false);
            }
            catch
            {
                await connection.DisposeAsync().ConfigureAwait(false);
                throw;
            }
        }
        catch (Exception error)
        {
            if (!_ended.IsCancellationRequested) _options.Notes?.Invoke(new ConnectionNote("handshake", error.Message));
        }
        finally
        {
            _slots.Release();
        }
    }
}
