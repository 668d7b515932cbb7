using System.Buffers;
using System.Runtime.CompilerServices;

namespace Smpi;

/// <summary>What <see cref="StreamConnection"/> and <see cref="FrameConnection"/> share: outbox, hop control, closing, and the translation of failures.</summary>
public abstract class WireConnection : IConnection
{
    private readonly IByteTransport _transport;
    private readonly IMessageReader _reader;
    private readonly IWireSession? _session;
    private readonly HopControl? _hop;
    private readonly Outbox _outbox;
    private readonly TimeProvider _time;
    private RestWatch? _watch;
    private bool _parseFirst;
    private bool _ended;
    private bool _lent;
    private int _busy;
    private int _disposed;

    private protected WireConnection(IByteTransport transport, ConnectionOptions options, string protocol)
    {
        _transport = transport;
        _time = options.TimeProvider;
        _session = (options.Format as ISessionFormat)?.CreateSession(options);
        _reader = _session ?? options.Format.CreateReader(options.Limits);
        _outbox = new Outbox(_session ?? options.Format.CreateWriter(options.Limits), options.Framed);
        if (_session is not null) _hop = new HopControl(this, _session, _outbox);
        Inbox = new Inbox(transport, options.TimeProvider);
        _reader.Attach(Inbox);
        Info = new ConnectionInfo
        {
            Protocol = protocol,
            Format = options.Format.Name,
            Traits = options.Format.Traits,
            Remote = transport.Remote,
            Hop = options.Format.Traits.Ping ? _hop : null,
        };
    }

    /// <inheritdoc/>
    public ConnectionInfo Info { get; }

    internal long LastReceived => Inbox.LastReceived;

    private protected Inbox Inbox { get; }

    /// <summary>Whether octets wait that a read can parse without receiving.</summary>
    private protected abstract bool HasUnread { get; }

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

        if (!Inbox.IsQuiet) Touch();
        ValueTask<bool> receive;
        try
        {
            receive = ReceiveAsync(cancellationToken);
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
        try
        {
            while (!_ended)
            {
                ReadStatus status = Parse(out message);
                if (status == ReadStatus.Message) return true;
                if (status == ReadStatus.NeedMore) break;
                if (status == ReadStatus.Signal) _ended = !_hop!.TakeReceived();
            }
        }
        catch (ChannelClosedException error)
        {
            Info.Closed ??= error.Reason;
            throw;
        }

        message = default;
        _hop?.PayWhatIsOwed();
        return false;
    }

    /// <inheritdoc/>
    public void ReadAll(IMessageConsumer consumer)
    {
        try
        {
            while (!_ended && ParseAll(consumer) == ReadStatus.Signal) _ended = !_hop!.TakeReceived();
        }
        catch (ChannelClosedException error)
        {
            Info.Closed ??= error.Reason;
            throw;
        }

        _hop?.PayWhatIsOwed();
    }

    /// <inheritdoc/>
    public Written Write(in Message message, IMessageBody? body = null) => _outbox.Write(in message, body);

    /// <inheritdoc/>
    public IItemWriter? WriteItems(in Message envelope) => _outbox.ItemsOf(in envelope);

    /// <inheritdoc/>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _busy);
        try
        {
            await _outbox.FlushAsync(_transport, cancellationToken).ConfigureAwait(false);
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
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        Info.Closed ??= CloseReasons.Disposed;
        Interlocked.Exchange(ref _watch, null)?.Dispose();
        await _transport.DisposeAsync().ConfigureAwait(false);
        Interlocked.Increment(ref _busy);
        Idle();
        GC.SuppressFinalize(this);
    }

    /// <summary>Gives the buffers back; called by the watch after a silence.</summary>
    internal void Rest(RestWatch watch)
    {
        watch.Dispose();
        if (Interlocked.CompareExchange(ref _watch, null, watch) != watch) return;
        if (watch.IsTouched)
        {
            Wake();
            return;
        }

        Inbox.Rest();
    }

    internal void Say(in HopSignal signal) => _hop!.Say(in signal);

    /// <summary>Reads until a signal comes; for the handshake only.</summary>
    internal async ValueTask<HopSignal> ReadSignalAsync(CancellationToken ct)
    {
        while (true)
        {
            ReadStatus status = Parse(out _);
            if (status == ReadStatus.Signal)
            {
                _parseFirst = HasUnread;
                return _session!.Received;
            }

            if (status == ReadStatus.NeedMore && !await ReadAsync(ct).ConfigureAwait(false))
            {
                throw new ChannelClosedException(Info.Closed ?? new CloseReason(ErrorCode.Unavailable, $"{Info.Remote} closed the connection before its hello.", ClosedBy.Peer));
            }
        }
    }

    /// <summary>Receives what makes the next batch; false at the end of input.</summary>
    private protected abstract ValueTask<bool> ReceiveAsync(CancellationToken ct);

    /// <summary>Parses the next thing of the batch; <see cref="ReadStatus.NeedMore"/> when there is none.</summary>
    private protected abstract ReadStatus Parse(out Message message);

    /// <summary>Parses the batch up to a signal; <see cref="ReadStatus.NeedMore"/> when there is nothing more in it.</summary>
    private protected abstract ReadStatus ParseAll(IMessageConsumer consumer);

    private protected ReadStatus ParseUnread(IMessageConsumer consumer, out long missing)
    {
        ReadOnlySequence<byte> unread = Inbox.Unread;
        ReadStatus status = _reader.ReadAll(ref unread, consumer, out missing);
        Inbox.Consume(unread.Length);
        return status;
    }

    private protected ReadStatus ParseUnread(out Message message, out long missing)
    {
        ReadOnlySequence<byte> unread = Inbox.Unread;
        ReadStatus status = _reader.TryRead(ref unread, out message, out missing);
        Inbox.Consume(unread.Length);
        return status;
    }

    private protected ValueTask GreetAsync(ConnectionOptions options, CancellationToken ct) =>
        _session is { HasHello: true } session ? Handshake.RunAsync(this, session, options, ct) : default;

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> FinishReadAsync(ValueTask<bool> receive)
    {
        try
        {
            if (await receive.ConfigureAwait(false)) return _lent = true;
            _ended = true;

            // A receive that disposal ends may look like the end of input.
            ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
            if (!Inbox.IsEmpty) throw new EndOfStreamException($"{Info.Remote} closed the connection in the middle of a message.");
            Info.Closed ??= await _transport.ExplainAsync(null).ConfigureAwait(false) ?? CloseReasons.Vanished(Info);
            return false;
        }
        catch (Exception error)
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
        throw await ClosedAsync(error).ConfigureAwait(false);
    }

    private async ValueTask<ChannelClosedException> ClosedAsync(Exception error)
    {
        if (error is ChannelClosedException known)
        {
            Info.Closed ??= known.Reason;
            return known;
        }

        if (_disposed != 0) Info.Closed ??= CloseReasons.Disposed;
        Info.Closed ??= await _transport.ExplainAsync(error).ConfigureAwait(false) ?? CloseReasons.Lost(Info, error);
        return new ChannelClosedException(Info.Closed, error);
    }

    private void Touch()
    {
        if (_watch is not { } watch) Wake();
        else if (watch.Touch() && Volatile.Read(ref _watch) != watch) Wake();
    }

    private void Wake()
    {
        if (Volatile.Read(ref _watch) is not null || Volatile.Read(ref _disposed) != 0) return;
        var watch = new RestWatch(this, _time);
        if (Interlocked.CompareExchange(ref _watch, watch, null) is not null) watch.Dispose();
        else if (Volatile.Read(ref _disposed) != 0) Interlocked.Exchange(ref _watch, null)?.Dispose();
    }

    // Memory goes back to the pool only when neither a read nor a flush can touch it.
    private void Idle()
    {
        if (Interlocked.Decrement(ref _busy) != 0 || Volatile.Read(ref _disposed) == 0) return;
        if (Interlocked.CompareExchange(ref _busy, int.MinValue / 2, 0) != 0) return;
        _outbox.Release();
        Inbox.Release();
    }
}
