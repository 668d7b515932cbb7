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
    private readonly bool _saysLast; // Transports with frames end with a code and a sentence of their own.
    private readonly Outbox _outbox;
    private Watches _watches;
    private UseCount _use;
    private bool _parseFirst;
    private bool _ended;
    private bool _lent;
    private int _disposed;

    private protected WireConnection(IByteTransport transport, ConnectionOptions options, string protocol)
    {
        _transport = transport;
        Time = options.TimeProvider;
        Limits = options.Limits;
        _session = (options.Format as ISessionFormat)?.CreateSession(options);
        _reader = _session ?? options.Format.CreateReader(options.Limits);
        _outbox = new Outbox(_session ?? options.Format.CreateWriter(options.Limits), options.Framed);
        if (_session is not null) _hop = new HopControl(this, _session, _outbox);
        _saysLast = _session is not null && !options.Framed;
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

    /// <summary>Whether a batch is being worked on, so that nothing is received.</summary>
    internal bool IsLent => Volatile.Read(ref _lent);

    internal TimeProvider Time { get; }

    internal SmpiLimits Limits { get; }

    internal IMessageReader Reader => _reader;

    internal Inbox Inbox { get; }

    /// <summary>Whether octets wait that a read can parse without receiving.</summary>
    private protected abstract bool HasUnread { get; }

    /// <inheritdoc/>
    public ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        _reader.EndLoan();

        // A batch keeps the receive buffer busy until the next read, so that disposal cannot give away what a handler still looks at.
        if (!_lent) _use.BeginRead();
        _lent = false;
        if (_ended)
        {
            EndRead();
            return new ValueTask<bool>(false);
        }

        if (_parseFirst)
        {
            _parseFirst = false;
            return new ValueTask<bool>(_lent = true);
        }

        if (!Inbox.IsQuiet) _watches.Touch(this);
        if (!Inbox.IsEmpty || _reader.HasParts) _watches.WatchRate(this);
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
        bool isClosing = !_use.BeginFlush();
        try
        {
            // The goodbye of a connection that closes may be on its way, and flushes never overlap.
            ObjectDisposedException.ThrowIf(isClosing, this);
            await _outbox.FlushAsync(_transport, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is not ChannelClosedException)
        {
            throw await ClosedAsync(error).ConfigureAwait(false);
        }
        finally
        {
            if (_use.EndFlush()) Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        Info.Closed ??= CloseReasons.Disposed;
        _watches.End();
        if (_saysLast && LastWord.IsDue(Info.Closed)) await SayLastAsync(Info.Closed).ConfigureAwait(false);
        await _transport.DisposeAsync().ConfigureAwait(false);
        if (_use.Close()) Release();
        GC.SuppressFinalize(this);
    }

    /// <summary>Says a goodbye behind everything that was written, and sends nothing afterwards; called once.</summary>
    internal ValueTask SayLastAsync(CloseReason reason) => LastWord.SayAsync(this, _outbox, _session!, _transport, _use.BeginClosing(), reason);

    /// <summary>Ends a connection from this side, once.</summary>
    internal void End(CloseReason reason)
    {
        Info.Closed ??= reason;
        _ = DisposeAsync().AsTask();
    }

    /// <summary>The watch of the data rate found nothing unfinished.</summary>
    internal void Finished(RateWatch watch) => _watches.Forget(watch, this);

    /// <summary>Gives the buffers back; called by the watch after a silence.</summary>
    internal void Rest(RestWatch watch) => _watches.Forget(watch, this);

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

    /// <summary>Sees to it that somebody looks how fast what is unfinished comes.</summary>
    private protected void WatchRate() => _watches.WatchRate(this);

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
            if (!_lent) EndRead();
        }
    }

    private async ValueTask<bool> FailedReadAsync(Exception error)
    {
        EndRead();
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

    private void EndRead()
    {
        if (_use.EndRead()) Release();
    }

    private void Release()
    {
        _outbox.Release();
        Inbox.Release();
    }
}
