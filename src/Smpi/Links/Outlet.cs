namespace Smpi;

/// <summary>The sending side of a link: it sends once for as many messages as it can.</summary>
/// <remarks>
/// A thread that drains a lane is corked: what it writes goes out when the lane is empty. Any other writer sends at once unless somebody is sending, who then
/// repeats. Writers meet in the connection's own lock and nowhere else.
/// </remarks>
internal sealed class Outlet(Link link, IConnection connection, SmpiLimits limits) : IThreadPoolWorkItem
{
    private readonly int _most = limits.SendQueue;

    // Guards _full and what follows from it.
    private readonly Lock _fullGate = new();
    private volatile bool _full;

    // A corked drainer sends this much early, so that the peer has something to do meanwhile; less costs more in waking it than it gains. While somebody sends, the peer has
    // something to do, and what that one would send next would be little.
    private const int EarlyFlush = 15 * 1024;
    private const int EarlyFlushOfStream = 48 * 1024;

    private const int Idle = 0;
    private const int Sending = 1;
    private const int Again = 2;

    [ThreadStatic]
    private static Outlet? _corked;

    private System.Runtime.CompilerServices.ValueTaskAwaiter _pending;
    private Action? _onFlushed;
    private TaskCompletionSource? _room;
    private volatile Exception? _closed;
    private int _state;
    private int _sends;

    // One while something was written that nobody was told to send yet.
    private int _held;

    /// <summary>Names the moment: a message that was written after it has surely not reached the peer as long as <see cref="MayHaveSentSince"/> says no.</summary>
    public int Mark => Volatile.Read(ref _state) == Idle ? Volatile.Read(ref _sends) : -1;

    /// <summary>Whether more than the send queue waits for the peer: no handler of its starts, and answers wait unencoded.</summary>
    public bool IsFull => _full;

    /// <summary>Sends that were begun: as long as the number stays, none has ended and been followed by another.</summary>
    public int Sends => Volatile.Read(ref _sends);

    private bool IsIdle => Volatile.Read(ref _held) == 0 && Volatile.Read(ref _state) == Idle;

    /// <summary>Whether a send was under way at the mark, or has begun since.</summary>
    public bool MayHaveSentSince(int mark) => mark != Volatile.Read(ref _sends);

    /// <summary>Writes a message.</summary>
    /// <param name="message">The envelope.</param>
    /// <param name="body">The body; null for the message's own.</param>
    /// <param name="hold">True to send later: the caller flushes, or enough comes together.</param>
    public Written Write(in Message message, IMessageBody? body = null, bool hold = false)
    {
        Written written = Append(in message, body);
        Sent(written, hold);
        return written;
    }

    /// <summary>Writes a message and sends nothing: <see cref="Sent"/> follows, outside of whatever lock the caller holds.</summary>
    public Written Append(in Message message, IMessageBody? body)
    {
        if (_closed is { } closed) throw closed;
        return connection.Write(in message, body);
    }

    /// <summary>Sends what was appended, or leaves it to whoever flushes next.</summary>
    public void Sent(Written written, bool hold = false)
    {
        if (written.Waiting > _most) Fill();
        bool isHeld = hold ? written.Waiting < EarlyFlushOfStream : ReferenceEquals(_corked, this) && (written.Waiting < EarlyFlush || Volatile.Read(ref _state) != Idle);
        if (isHeld) Volatile.Write(ref _held, 1);
        else Kick();
    }

    /// <summary>Writes framed items and sends nothing: <see cref="FlushIfMuch"/> or a flush follows.</summary>
    public Written Write(IItemWriter writer, ReadOnlySpan<byte> items)
    {
        if (_closed is { } closed) throw closed;
        Written written = writer.Write(items);
        if (written.Waiting > _most) Fill();
        Volatile.Write(ref _held, 1);
        return written;
    }

    /// <summary>Sends what was written and held, where enough of it came together.</summary>
    /// <param name="waiting">Octets that wait in the outbox.</param>
    public void FlushIfMuch(int waiting)
    {
        if (waiting >= EarlyFlushOfStream) Flush();
    }

    /// <summary>Says something below messages, and sends it.</summary>
    public void Signal(Action<IHopControl> say)
    {
        if (_closed is not null || connection.Info.Hop is null) return;
        say(connection.Info.Hop);
        Kick();
    }

    /// <summary>Sends what was written and held.</summary>
    public void Flush()
    {
        if (Volatile.Read(ref _held) != 0 && Interlocked.Exchange(ref _held, 0) != 0) Kick();
    }

    /// <summary>Sends from another thread what is still held; called by the watch.</summary>
    public void FlushElsewhere()
    {
        if (Volatile.Read(ref _held) != 0) ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    void IThreadPoolWorkItem.Execute() => Flush();

    /// <summary>Sends after a batch was read: the connection may have written a pong by itself.</summary>
    public void FlushAfterBatch()
    {
        if (!ReferenceEquals(_corked, this)) Kick();
    }

    public bool Cork()
    {
        if (_corked is not null) return false;
        _corked = this;
        return true;
    }

    public void Uncork()
    {
        _corked = null;
        Flush();
    }

    /// <summary>Waits until less waits than the limit allows. Completed at once in the usual case.</summary>
    public ValueTask RoomAsync(Written written, CancellationToken ct) => written.Waiting <= _most ? default : WaitAsync(ct);

    /// <summary>Waits until a request of this side may be written.</summary>
    public async ValueTask RoomAsync(CancellationToken ct)
    {
        while (_full && _closed is null) await WaitAsync(ct).ConfigureAwait(false);
    }

    /// <summary>Waits until everything written so far was sent.</summary>
    public async ValueTask DrainAsync(CancellationToken ct)
    {
        while (!IsIdle && _closed is null) await WaitAsync(ct).ConfigureAwait(false);
    }

    public void Close(Exception reason)
    {
        TaskCompletionSource? room;
        lock (this)
        {
            if (_closed is not null) return;
            _closed = reason;
            room = _room;
            _room = null;
        }

        room?.TrySetException(reason);

        // Events that came before are handled all the same.
        if (_full) Empty();
    }

    private async ValueTask WaitAsync(CancellationToken ct)
    {
        Task room;
        lock (this)
        {
            if (_closed is { } closed) throw closed;
            _room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            room = _room.Task;
        }

        Flush();

        // Whoever sent may have looked for waiters before there was one.
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _state) == Idle) GiveRoom();
        await room.WaitAsync(ct).ConfigureAwait(false);
    }

    // Sends, or has whoever sends repeat.
    private void Kick()
    {
        while (true)
        {
            int state = Volatile.Read(ref _state);
            if (state == Again) return;
            if (Interlocked.CompareExchange(ref _state, state == Idle ? Sending : Again, state) != state) continue;
            if (state == Idle) Send();
            return;
        }
    }

    private void Send()
    {
        do
        {
            if (_closed is not null) return;
            Volatile.Write(ref _state, Sending);
            Volatile.Write(ref _sends, (_sends + 1) & int.MaxValue);
            try
            {
                ValueTask flush = connection.FlushAsync(CancellationToken.None);
                if (!flush.IsCompleted)
                {
                    _pending = flush.GetAwaiter();
                    _pending.UnsafeOnCompleted(_onFlushed ??= Flushed);
                    return;
                }

                // Completed, so this waits for nothing: it throws what the send failed with.
                flush.GetAwaiter().GetResult();
                if (_full) Empty();
            }
            catch (Exception error)
            {
                link.SendFailed(link.AsClosed(error));
                return;
            }
        }
        while (Interlocked.CompareExchange(ref _state, Idle, Sending) != Sending);

        if (_room is not null) GiveRoom();
    }

    private void Flushed()
    {
        try
        {
            _pending.GetResult();
            if (_full) Empty();
        }
        catch (Exception error)
        {
            link.SendFailed(link.AsClosed(error));
            return;
        }

        if (Interlocked.CompareExchange(ref _state, Idle, Sending) != Sending) Send();
        else if (_room is not null) GiveRoom();
    }

    // Out of line: nearly no write comes here.
    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private void Fill()
    {
        lock (_fullGate)
        {
            if (_closed is not null) return;
            _full = true;
            link.Handlers.Held = true;
        }
    }

    // What was written before the flush that has ended is with the peer, or with its system.
    private void Empty()
    {
        lock (_fullGate)
        {
            _full = false;
            link.Handlers.Held = false;
        }

        link.RoomCame();
    }

    private void GiveRoom()
    {
        TaskCompletionSource? room;
        lock (this)
        {
            room = _room;
            _room = null;
        }

        room?.TrySetResult();
    }
}
