using System.Runtime.CompilerServices;

namespace Smpi;

/// <summary>One side of a connection that passes messages without a wire format.</summary>
internal sealed class MemoryConnection : IConnection, IHopControl
{
    /// <summary>What a value that is passed by reference counts for back-pressure; in credit it costs what an empty message does.</summary>
    private const int ValueSize = 64;

    private readonly Lock _writes = new();
    private readonly LimitedWriter _limited = new();
    private readonly MemoryLane _incoming;
    private readonly MemoryLane _outgoing;
    private readonly SmpiLimits _peerLimits;
    private readonly TimeProvider _time;
    private readonly bool _byReference;
    private MemoryBatch _filling = new();
    private MemoryBatch _borrowed = new();
    private bool _ended;
    private int _disposed;

    public MemoryConnection(string remote, MemorySide own, PeerHello peer, string? encoding, MemoryLane incoming, MemoryLane outgoing)
    {
        _incoming = incoming;
        _outgoing = outgoing;
        _peerLimits = peer.Limits;
        _time = own.Connection.TimeProvider;
        _byReference = own.Memory.ByReference;
        LastReceived = _time.GetTimestamp();
        Info = new ConnectionInfo
        {
            Protocol = "memory",
            Format = own.Connection.Format.Name,
            Traits = FormatTraits.Full,
            Remote = remote,
            Peer = peer,
            Encoding = encoding,
            Hop = this,
        };
    }

    public ConnectionInfo Info { get; }

    public long LastReceived { get; private set; }

    public ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        _borrowed.Clear();
        try
        {
            return TryTake(out bool more) ? new ValueTask<bool>(more) : WaitForBatchAsync(cancellationToken);
        }
        catch (ChannelClosedException closed)
        {
            return ValueTask.FromException<bool>(Noted(closed));
        }
    }

    public bool TryRead(out Message message)
    {
        if (_borrowed.TryRead(out message)) return true;
        if (_borrowed.Goodbye is { } reason)
        {
            Info.Closed ??= reason;
            _ended = true;
        }

        return false;
    }

    public Written Write(in Message message, IMessageBody? body = null)
    {
        EnvelopeLimits.Check(in message, _peerLimits);
        lock (_writes)
        {
            int octets = 0;
            if (_byReference && body is IValueBody value) _filling.WriteValue(in message, value.Value, ValueSize);
            else octets = _filling.Write(in message, body, _limited, _peerLimits.MessageSize);
            return new Written(octets, (int)Math.Min(int.MaxValue, _filling.Octets));
        }
    }

    public ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        try
        {
            return TryHandOver() ? default : WaitForReaderAsync(cancellationToken);
        }
        catch (ChannelClosedException closed)
        {
            return ValueTask.FromException(closed);
        }
    }

    public void Ping()
    {
        // A peer in the same process cannot fall silent without this side noticing, and the traits promise no answer.
    }

    public void Goodbye(CloseReason reason)
    {
        lock (_writes) _filling.Goodbye ??= reason with { By = ClosedBy.Peer };
    }

    // Memory of the batches is left to the collector: handlers may still read what was lent.
    public ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return default;
        var local = new CloseReason(ErrorCode.Closed, "This side closed the connection.", ClosedBy.Local);
        var remote = new CloseReason(ErrorCode.Closed, $"The peer closed the connection ({Info.Protocol}).", ClosedBy.Peer);
        Info.Closed ??= local;
        _outgoing.End(forReader: remote, forWriter: local);
        _incoming.Cut(forReader: local, forWriter: remote);
        return default;
    }

    /// <summary>Cuts the wire for both sides, as a crash would: what was not read yet is lost.</summary>
    internal void Abort(CloseReason reason)
    {
        _outgoing.Cut(reason, reason);
        _incoming.Cut(reason, reason);
    }

    private bool TryTake(out bool more)
    {
        more = false;
        if (_ended) return true;
        if (_incoming.TryTake(ref _borrowed, out CloseReason? end))
        {
            LastReceived = _time.GetTimestamp();
            return more = true;
        }

        if (end is null) return false;
        Info.Closed ??= end;
        return _ended = true;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> WaitForBatchAsync(CancellationToken ct)
    {
        try
        {
            while (true)
            {
                await _incoming.ArrivedAsync(ct).ConfigureAwait(false);
                if (TryTake(out bool more)) return more;
            }
        }
        catch (OperationCanceledException cancelled)
        {
            var reason = new CloseReason(ErrorCode.Cancelled, "Reading was cancelled, which ends the connection's reading.", ClosedBy.Local);
            _incoming.FailReads(reason);
            throw Noted(new ChannelClosedException(reason, cancelled));
        }
        catch (ChannelClosedException closed)
        {
            throw Noted(closed);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask WaitForReaderAsync(CancellationToken ct)
    {
        try
        {
            do await _outgoing.TakenAsync(ct).ConfigureAwait(false);
            while (!TryHandOver());
        }
        catch (OperationCanceledException cancelled)
        {
            throw new ChannelClosedException(
                new CloseReason(ErrorCode.Cancelled, "Flushing was cancelled, which ends the connection's writing.", ClosedBy.Local), cancelled);
        }
    }

    private bool TryHandOver()
    {
        lock (_writes) return _outgoing.TryHandOver(ref _filling);
    }

    private ChannelClosedException Noted(ChannelClosedException closed)
    {
        Info.Closed ??= closed.Reason;
        return closed;
    }
}
