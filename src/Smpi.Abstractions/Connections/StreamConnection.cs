using System.Buffers;
using System.Runtime.CompilerServices;

namespace Smpi;

/// <summary>The connection of every protocol over bytes: a byte transport plus a wire format that delimits itself.</summary>
public sealed class StreamConnection : IConnection, IHopControl
{
    private readonly IByteTransport _transport;
    private readonly IMessageReader _reader;
    private readonly IWireSession? _session;
    private readonly Inbox _inbox;
    private readonly Outbox _outbox;
    private long _missing;
    private bool _parseFirst;
    private bool _ended;
    private bool _lent;
    private int _busy;
    private int _disposed;

    private StreamConnection(IByteTransport transport, ConnectionOptions options, string protocol)
    {
        _transport = transport;
        _session = (options.Format as ISessionFormat)?.CreateSession(options);
        _reader = _session ?? options.Format.CreateReader(options.Limits);
        _inbox = new Inbox(transport, options.TimeProvider);
        _outbox = new Outbox(_session ?? options.Format.CreateWriter(options.Limits));
        Info = new ConnectionInfo
        {
            Protocol = protocol, Format = options.Format.Name, Traits = options.Format.Traits, Remote = transport.Remote,
            Hop = options.Format.Traits.Ping ? this : null,
        };
    }

    /// <inheritdoc/>
    public ConnectionInfo Info { get; }

    /// <inheritdoc/>
    public long LastReceived => _inbox.LastReceived;

    /// <summary>Makes a connection over bytes and exchanges hellos, where the format has them.</summary>
    /// <param name="transport">The bytes; disposed with the connection, and when opening fails.</param>
    /// <param name="options">The format, role and limits of this side.</param>
    /// <param name="protocol">The protocol's name, for people.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="ChannelClosedException">The peer closed, was silent too long, or does not speak the format.</exception>
    public static async ValueTask<StreamConnection> OpenAsync(IByteTransport transport, ConnectionOptions options, string protocol, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(transport);
        ArgumentNullException.ThrowIfNull(options);
        try
        {
            if (!options.Format.Traits.SelfDelimiting)
            {
                throw new SmpiConfigurationException(
                    $"The format '{options.Format.Name}' does not delimit its messages and '{protocol}' has no frames: use a protocol with frames, such as ws, or another format.");
            }

            var connection = new StreamConnection(transport, options, protocol);
            if (connection._session is { HasHello: true } session) await Handshake.RunAsync(connection, session, options, cancellationToken).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            await transport.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        _reader.EndLoan();

        // A batch keeps the receive buffer busy until the next read, so that disposal cannot give away what a handler still looks at.
        if (!_lent) Interlocked.Increment(ref _busy);
        _lent = false;
        if (_ended)
        {
            Idle();
            return new ValueTask<bool>(false);
        }

        if (_parseFirst)
        {
            _parseFirst = false;
            return new ValueTask<bool>(_lent = true);
        }

        if (_inbox.IsQuiet) _outbox.Release();
        ValueTask<bool> receive;
        try
        {
            receive = _inbox.ReceiveAsync(_missing, cancellationToken);
        }
        catch (Exception error)
        {
            return FailedReadAsync(error);
        }

        // A value task is looked at once: a pooled one may serve somebody else afterwards.
        if (!receive.IsCompletedSuccessfully) return FinishReadAsync(receive);
        return receive.Result ? new ValueTask<bool>(_lent = true) : FinishReadAsync(new ValueTask<bool>(false));
    }

    /// <inheritdoc/>
    public bool TryRead(out Message message)
    {
        while (!_ended && !_inbox.IsEmpty)
        {
            ReadOnlySequence<byte> unread = _inbox.Unread;
            ReadStatus status;
            try
            {
                status = _reader.TryRead(ref unread, out message, out _missing);
            }
            catch (ChannelClosedException broken)
            {
                Info.Closed ??= broken.Reason;
                throw;
            }

            _inbox.Consume(unread.Length);
            if (status == ReadStatus.Message) return true;
            if (status == ReadStatus.NeedMore) return false;
            if (status == ReadStatus.Signal) Take(_session!.Received);
        }

        message = default;
        return false;
    }

    /// <inheritdoc/>
    public Written Write(in Message message, IMessageBody? body = null) => _outbox.Write(in message, body);

    /// <inheritdoc/>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _busy);
        try
        {
            await _outbox.FlushAsync(_transport, cancellationToken).ConfigureAwait(false);
            if (_inbox.IsQuiet) _outbox.Release();
        }
        catch (Exception error) when (error is not ChannelClosedException)
        {
            throw await ClosedAsync(error).ConfigureAwait(false);
        }
        finally
        {
            Idle();
        }
    }

    /// <inheritdoc/>
    public void Ping() => _outbox.Write(_session!, new HopSignal(HopSignalKind.Ping) { Nonce = (ulong)LastReceived });

    /// <inheritdoc/>
    public void Goodbye(CloseReason reason) => _outbox.Write(_session!, new HopSignal(HopSignalKind.Goodbye) { Reason = reason });

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        await _transport.DisposeAsync().ConfigureAwait(false);
        Interlocked.Increment(ref _busy);
        Idle();
    }

    internal void Say(in HopSignal signal) => _outbox.Write(_session!, in signal);

    /// <summary>Reads until a signal comes; for the handshake only.</summary>
    internal async ValueTask<HopSignal> ReadSignalAsync(CancellationToken ct)
    {
        while (true)
        {
            ReadOnlySequence<byte> unread = _inbox.Unread;
            ReadStatus status = unread.IsEmpty ? ReadStatus.NeedMore : _reader.TryRead(ref unread, out _, out _missing);
            _inbox.Consume(unread.Length);
            if (status == ReadStatus.Signal)
            {
                _parseFirst = !_inbox.IsEmpty;
                return _session!.Received;
            }

            if (status == ReadStatus.NeedMore && !await ReadAsync(ct).ConfigureAwait(false))
            {
                throw new ChannelClosedException(Info.Closed ?? new CloseReason(ErrorCode.Unavailable, $"{Info.Remote} closed the connection before its hello.", ClosedBy.Peer));
            }
        }
    }

    private void Take(in HopSignal signal)
    {
        if (signal.Kind == HopSignalKind.Ping) _outbox.Write(_session!, new HopSignal(HopSignalKind.Pong) { Nonce = signal.Nonce });
        if (signal.Kind != HopSignalKind.Goodbye) return;
        Info.Closed ??= signal.Reason;
        _ended = true;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> FinishReadAsync(ValueTask<bool> receive)
    {
        try
        {
            if (await receive.ConfigureAwait(false)) return _lent = true;
            _ended = true;

            // A receive that disposal ends may look like the end of input.
            ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
            if (!_inbox.IsEmpty) throw new EndOfStreamException($"{Info.Remote} closed the connection in the middle of a message.");
            Info.Closed ??= await _transport.ExplainAsync(null).ConfigureAwait(false) ?? new CloseReason(ErrorCode.Closed, $"{Info.Remote} closed the connection.", ClosedBy.Peer);
            return false;
        }
        catch (Exception error) when (error is not ChannelClosedException)
        {
            throw await ClosedAsync(error).ConfigureAwait(false);
        }
        finally
        {
            if (!_lent) Idle();
        }
    }

    private async ValueTask<bool> FailedReadAsync(Exception error)
    {
        Idle();
        if (error is ChannelClosedException closed) throw new ChannelClosedException(closed.Reason, closed);
        throw await ClosedAsync(error).ConfigureAwait(false);
    }

    private async ValueTask<ChannelClosedException> ClosedAsync(Exception error)
    {
        if (_disposed != 0) Info.Closed ??= new CloseReason(ErrorCode.Closed, "This side closed the connection.", ClosedBy.Local);
        Info.Closed ??= await _transport.ExplainAsync(error).ConfigureAwait(false)
            ?? new CloseReason(ErrorCode.Unavailable, $"The connection to {Info.Remote} was lost: {error.Message}", ClosedBy.Transport);
        return new ChannelClosedException(Info.Closed, error);
    }

    // Memory goes back to the pool only when neither a read nor a flush can touch it.
    private void Idle()
    {
        if (Interlocked.Decrement(ref _busy) != 0 || Volatile.Read(ref _disposed) == 0) return;
        if (Interlocked.CompareExchange(ref _busy, int.MinValue / 2, 0) != 0) return;
        _outbox.Release();
        _inbox.Release();
    }
}
