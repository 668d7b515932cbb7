namespace Smpi;

/// <summary>The sending side of a link: it serialises writers, and sends once for as many messages as it can.</summary>
/// <remarks>
/// A thread that drains a lane is corked: what it writes goes out when the lane is empty. Any other writer sends at once unless somebody is sending, who then
/// repeats while there is something left.
/// </remarks>
internal sealed class Outlet(IConnection connection, SmpiLimits limits, Action<Exception> failed)
{
    private const int EarlyFlush = 48 * 1024;

    [ThreadStatic]
    private static Outlet? _corked;

    private readonly Lock _gate = new();
    private System.Runtime.CompilerServices.ValueTaskAwaiter _pending;
    private Action? _onFlushed;
    private TaskCompletionSource? _room;
    private Exception? _closed;
    private bool _dirty;
    private bool _flushing;

    /// <summary>How many sends have begun; a message written before the number rose may have reached the peer.</summary>
    public int Sends { get; private set; }

    /// <summary>Writes a message.</summary>
    /// <param name="message">The envelope.</param>
    /// <param name="body">The body; null for the message's own.</param>
    /// <param name="hold">True to send later: the caller flushes, or enough comes together.</param>
    public Written Write(in Message message, IMessageBody? body = null, bool hold = false)
    {
        Written written;
        lock (_gate)
        {
            if (_closed is not null) throw _closed;
            written = connection.Write(in message, body);
            _dirty = true;
            if (_flushing || ((hold || ReferenceEquals(_corked, this)) && written.Waiting < EarlyFlush)) return written;
            _flushing = true;
        }

        Send();
        return written;
    }

    /// <summary>Says something below messages, and sends it.</summary>
    public void Signal(Action<IHopControl> say)
    {
        lock (_gate)
        {
            if (_closed is not null || connection.Info.Hop is null) return;
            say(connection.Info.Hop);
            _dirty = true;
        }

        Flush();
    }

    /// <summary>Sends what was written, unless somebody does already.</summary>
    public void Flush()
    {
        lock (_gate)
        {
            if (!_dirty || _flushing || _closed is not null) return;
            _flushing = true;
        }

        Send();
    }

    /// <summary>Sends after a batch was read: the connection may have written a pong by itself.</summary>
    public void FlushAfterBatch()
    {
        if (ReferenceEquals(_corked, this)) return;
        lock (_gate) _dirty = true;
        Flush();
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
    public ValueTask RoomAsync(Written written, CancellationToken ct) => written.Waiting <= limits.SendQueue ? default : WaitAsync(ct);

    /// <summary>Waits until everything written so far was sent.</summary>
    public async ValueTask DrainAsync(CancellationToken ct)
    {
        Flush();
        while (true)
        {
            lock (_gate)
            {
                if ((!_dirty && !_flushing) || _closed is not null) return;
            }

            await WaitAsync(ct).ConfigureAwait(false);
        }
    }

    public void Close(Exception reason)
    {
        TaskCompletionSource? room;
        lock (_gate)
        {
            if (_closed is not null) return;
            _closed = reason;
            room = _room;
            _room = null;
        }

        room?.TrySetException(reason);
    }

    private async ValueTask WaitAsync(CancellationToken ct)
    {
        Task room;
        lock (_gate)
        {
            if (_closed is not null) throw _closed;
            if (!_dirty && !_flushing) return;
            _room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            room = _room.Task;
        }

        Flush();
        await room.WaitAsync(ct).ConfigureAwait(false);
    }

    private void Send()
    {
        while (true)
        {
            TaskCompletionSource? room = null;
            lock (_gate)
            {
                if (!_dirty || _closed is not null)
                {
                    _flushing = false;
                    room = _room;
                    _room = null;
                }
                else
                {
                    _dirty = false;
                    Sends++;
                }

                if (_flushing is false)
                {
                    room?.TrySetResult();
                    return;
                }
            }

            try
            {
                ValueTask flush = connection.FlushAsync(CancellationToken.None);
                if (flush.IsCompleted)
                {
                    flush.GetAwaiter().GetResult();
                    continue;
                }

                _pending = flush.GetAwaiter();
                _pending.UnsafeOnCompleted(_onFlushed ??= Flushed);
                return;
            }
            catch (Exception error)
            {
                failed(error);
                return;
            }
        }
    }

    private void Flushed()
    {
        try
        {
            _pending.GetResult();
        }
        catch (Exception error)
        {
            failed(error);
            return;
        }

        Send();
    }
}
