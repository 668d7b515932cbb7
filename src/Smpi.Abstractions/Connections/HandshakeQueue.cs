using System.Threading.Channels;

namespace Smpi;

/// <summary>The listener of every protocol that accepts something raw first: it runs handshakes side by side, so a slow peer holds up nobody.</summary>
/// <remarks>
/// When <see cref="SmpiLimits.PendingHandshakes"/> run, the oldest of the origin that has most of them is given up for each new one:
/// whoever only begins handshakes loses
/// them to its own next ones, and an honest peer, whose handshake takes a moment, is served at once. An accept that fails is tried
/// again after a pause.
/// </remarks>
/// <typeparam name="TRaw">What the protocol accepts, such as a socket.</typeparam>
public sealed class HandshakeQueue<TRaw> : IListener
    where TRaw : class
{
    private static readonly TimeSpan _moment = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan _firstPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan _longestPause = TimeSpan.FromSeconds(1);

    private readonly Channel<IConnection> _ready;
    private readonly PendingHandshakes _pending;
    private readonly CancellationTokenSource _ended = new();
    private readonly ConnectionOptions _options;
    private readonly Func<CancellationToken, ValueTask<TRaw?>> _accept;
    private readonly Func<TRaw, CancellationToken, ValueTask<IConnection>> _open;
    private readonly Func<ValueTask> _close;
    private readonly Func<TRaw, string?>? _origin;
    private readonly Task _loop;
    private bool _full;
    private int _disposed;

    /// <summary>Starts to accept.</summary>
    /// <param name="address">The address that a peer connects to.</param>
    /// <param name="options">Limits and clock.</param>
    /// <param name="accept">Accepts the next raw peer; null or an <see cref="ObjectDisposedException"/> when the listener was
    /// closed. After another exception it is called again.</param>
    /// <param name="open">Makes a connection of a raw peer, handshake included; owns the raw peer from then on, also when it
    /// fails. Its token fires when the handshake is given up.</param>
    /// <param name="close">Closes the listener; called once.</param>
    /// <param name="origin">Where a raw peer comes from, such as its IP address; null when all are alike.</param>
    public HandshakeQueue(
        string address,
        ConnectionOptions options,
        Func<CancellationToken, ValueTask<TRaw?>> accept,
        Func<TRaw, CancellationToken, ValueTask<IConnection>> open,
        Func<ValueTask> close,
        Func<TRaw, string?>? origin = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        Address = address;
        _options = options;
        _accept = accept;
        _open = open;
        _close = close;
        _origin = origin;
        _ready = Channel.CreateBounded<IConnection>(options.Limits.PendingHandshakes);
        _pending = new PendingHandshakes(options.Limits.PendingHandshakes);
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
        TimeSpan pause = _firstPause;
        while (!_ended.IsCancellationRequested)
        {
            try
            {
                // Connections that nobody claims are not given up for new ones: then nothing more is accepted.
                if (!await _ready.Writer.WaitToWriteAsync(_ended.Token).ConfigureAwait(false)) break;
                TRaw? raw = await _accept(_ended.Token).ConfigureAwait(false);
                if (raw is null) break;
                pause = _firstPause;
                await GiveMomentAsync().ConfigureAwait(false);
                Begin(raw);
            }
            catch (Exception error) when (_ended.IsCancellationRequested || error is ObjectDisposedException)
            {
                break;
            }
            catch (Exception error)
            {
                // Too few descriptors, or a peer that left at once: the next one may be accepted.
                if (pause == _firstPause) Note("listener", $"{Address} could not accept a peer and tries again: {error.Message}");
                if (!await PauseAsync(pause).ConfigureAwait(false)) break;
                pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, _longestPause.Ticks));
            }
        }

        if (!_ended.IsCancellationRequested) _ready.Writer.TryComplete();
    }

    // A burst of honest peers that connect at once has a moment to say its hellos: it is scheduling, and runs on real time as the accept itself does.
    private async ValueTask GiveMomentAsync()
    {
        if (_pending.Wait(_moment) is { Ticks: > 0 } wait) await Task.Delay(wait, TimeProvider.System, CancellationToken.None).ConfigureAwait(false);
    }

    private async Task<bool> PauseAsync(TimeSpan pause)
    {
        try
        {
            await Task.Delay(pause, _options.TimeProvider, _ended.Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private void Begin(TRaw raw)
    {
        string origin = "";
        try
        {
            origin = _origin?.Invoke(raw) ?? "";
        }
        catch (Exception error) when (error is IOException or System.Net.Sockets.SocketException or ObjectDisposedException)
        {
            // The peer has left again, as opening it will say.
        }

        PendingHandshake handshake = _pending.Add(origin, _ended.Token, out PendingHandshake? evicted);
        _ = OpenAsync(raw, handshake);
        if (evicted is null)
        {
            _full &= _pending.Count > _options.Limits.PendingHandshakes / 2;
            return;
        }

        evicted.GiveUp();

        // Once while it lasts: whoever floods the listener must not flood the log too.
        if (_full) return;
        _full = true;
        Note("handshake", $"{Address} has its {_options.Limits.PendingHandshakes} handshakes under way and gives up the oldest for new ones (Limits.PendingHandshakes).");
    }

    private async Task OpenAsync(TRaw raw, PendingHandshake handshake)
    {
        try
        {
            IConnection connection = await _open(raw, handshake.Token).ConfigureAwait(false);
            _pending.Remove(handshake);
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
            if (!handshake.IsGivenUp && !_ended.IsCancellationRequested) Note("handshake", error.Message);
        }
        finally
        {
            _pending.Remove(handshake);
            handshake.Dispose();
        }
    }

    // What takes the notes is not this listener's: it goes on whatever that throws.
    private void Note(string source, string text)
    {
        try
        {
            _options.Notes?.Invoke(new ConnectionNote(source, text));
        }
        catch (Exception error)
        {
            System.Diagnostics.Trace.TraceError($"The notes of {Address} failed: {error}");
        }
    }
}
