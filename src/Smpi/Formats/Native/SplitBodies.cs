using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace Smpi;

/// <summary>All messages of a connection whose bodies come in parts at the moment.</summary>
internal sealed class SplitBodies(SmpiLimits limits)
{
    // A part that is smaller than this is copied, so that it does not hold a whole receive buffer for itself.
    private const int WorthKeeping = 16 * 1024;

    // Guards what the clock looks at besides the reader: which bodies are open, and how long each waits. The reader alone changes
    // it, so that it reads without the lock.
    private readonly Lock _gate = new();
    private readonly Dictionary<(MessageId Id, bool IsReply), SplitBody> _open = [];
    private readonly PartMemory _memory = new();
    private readonly List<SplitBody> _lent = [];
    private int _live;
    private long _octets;

    /// <summary>The buffer that parts are received into; null where octets come from elsewhere.</summary>
    public IReceiveBuffer? Buffer { get; init; }

    /// <summary>Whether none is open, so that no check is needed.</summary>
    public bool IsEmpty => _open.Count == 0;

    /// <summary>Whether a message is being put together.</summary>
    public bool IsWaiting => Volatile.Read(ref _live) > 0;

    /// <summary>Bytes of all arrays that are held for bodies in parts.</summary>
    public long Held => _memory.Held;

    /// <summary>Takes the first frame of a split message.</summary>
    /// <returns>True when the message is refused, and <paramref name="message"/> says so.</returns>
    public bool Begin(ref Message message, ReadOnlyMemory<byte> octets, Fault? refusal)
    {
        (MessageId Id, bool IsReply) key = KeyOf(in message);
        if (_open.ContainsKey(key)) throw Overlap(in message);
        if (_live >= Bounds.OpenParts) refusal ??= new Fault(ErrorCode.ResourceExhausted, $"More than {Bounds.OpenParts} messages in parts are under way.");
        if (_open.Count - _live >= Bounds.DroppedParts) throw FrameCursor.Broken($"the beginnings of more than {Bounds.DroppedParts:N0} messages that were refused or given up, and the ends of none");
        var body = new SplitBody(in message, _memory);
        lock (_gate) _open.Add(key, body);
        _live++;
        _octets += body.Envelope;
        return TryTake(body, octets, refusal, ref message);
    }

    /// <summary>Takes a part.</summary>
    /// <returns>True when <paramref name="message"/> is complete or refused.</returns>
    public bool Continue(in MessageId id, byte flags, ReadOnlyMemory<byte> octets, ref Message message)
    {
        bool last = (flags & FrameFlags.More) == 0;
        (MessageId, bool) key = (id, (flags & FrameFlags.Reply) != 0);
        if (!_open.TryGetValue(key, out SplitBody? body)) throw FrameCursor.Broken($"a part of {(id.IsNone ? "an event" : $"call {id}")}, of which no message in parts is open");
        if (body.IsDropped)
        {
            if (last) Close(key);
            return false;
        }

        bool refused = TryTake(body, octets, null, ref message);
        if (!last) return refused;
        Close(key);
        if (refused) return true;
        _live--;
        _octets -= body.Length + body.Envelope;
        _lent.Add(body);
        message = body.Head with { Body = body.Body };
        return true;
    }

    /// <summary>Looks at a message that is not split while others are: it may end or give up one of them, and may not overtake one.</summary>
    public void Pass(in Message message)
    {
        if (message.Kind == MessageKind.Credit || !_open.TryGetValue(KeyOf(in message), out SplitBody? body)) return;
        if (message.Kind is not (MessageKind.Cancel or MessageKind.Error)) throw Overlap(in message);
        Drop(body);
    }

    /// <summary>Gives back the memory of the bodies that were delivered.</summary>
    public void EndLoan()
    {
        if (_lent.Count == 0) return;
        foreach (SplitBody body in _lent) body.Release();
        _lent.Clear();
    }

    /// <summary>Counts a second in which this side waited for its peer; from any thread.</summary>
    /// <returns>True when a message is slower than the least rate.</returns>
    public bool CountSecond(int leastRate, int grace)
    {
        bool slow = false;
        lock (_gate)
        {
            foreach (SplitBody body in _open.Values)
            {
                if (!body.IsDropped && ++body.Waited > grace) slow |= body.Length < (long)leastRate * body.Waited;
            }
        }

        return slow;
    }

    private static (MessageId Id, bool IsReply) KeyOf(in Message message) => (message.Id, message.IsReply);

    private static ChannelClosedException Overlap(in Message message) =>
        FrameCursor.Broken($"{message.Kind} of {(message.Id.IsNone ? "the event lane" : $"call {message.Id}")} before the last part of the message before it");

    private bool TryTake(SplitBody body, ReadOnlyMemory<byte> octets, Fault? refusal, ref Message message)
    {
        if (refusal is null && !Exceeds(body, octets.Length, out refusal))
        {
            Take(body, octets);
            _octets += octets.Length;
            return false;
        }

        message = Refusal.Of(body.Head, refusal!);
        Drop(body);
        return true;
    }

    private void Take(SplitBody body, ReadOnlyMemory<byte> octets)
    {
        if (octets.Length >= WorthKeeping && Buffer is not null && MemoryMarshal.TryGetArray(octets, out ArraySegment<byte> piece))
        {
            SharedArray array = Buffer.Keep();
            if (ReferenceEquals(array.Array, piece.Array) && _memory.MayHold(array, piece.Count))
            {
                body.Append(array, piece.Offset, piece.Count);
                return;
            }

            array.Dispose();
        }

        body.Append(octets.Span);
    }

    private bool Exceeds(SplitBody body, int more, [NotNullWhen(true)] out Fault? refusal)
    {
        long length = (long)body.Length + more;
        refusal = null;
        if (length > limits.MessageSize) refusal = new Fault(ErrorCode.TooLarge, $"The body has at least {length:N0} octets and {limits.MessageSize:N0} are allowed.");
        else if (_octets + more > limits.InFlightSize && _octets > body.Length + body.Envelope) refusal = new Fault(ErrorCode.ResourceExhausted, $"The messages in parts that are under way would have more than the {limits.InFlightSize:N0} octets that are allowed.");
        return refusal is not null;
    }

    private void Drop(SplitBody body)
    {
        if (body.IsDropped) return;
        _live--;
        _octets -= body.Length + body.Envelope;
        body.Drop();
    }

    private void Close((MessageId, bool) key)
    {
        lock (_gate) _open.Remove(key);
    }
}
