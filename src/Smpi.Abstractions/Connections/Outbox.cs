using System.Buffers;

namespace Smpi;

/// <summary>The sending half of a connection over bytes: messages are encoded straight into one buffer while another is being sent.</summary>
/// <remarks>
/// Messages go out in the order they were written. While a body in parts is under way, replies, cancels and credits that depend on nothing that still
/// waits are sent between its parts. On transports with frames each message is a part of its own, and nothing overtakes. Memory is rented when the first message
/// is written and given back when it was sent, so that a connection on which nothing is sent holds none.
/// </remarks>
internal sealed class Outbox(IMessageWriter writer, bool framed = false)
{
    private const int MostPongs = 64;

    // Parts that go with one send. As long as such a send takes a moment only, more go together; a slow transport gets single ones, so that urgent messages soon go between.
    private const int MostTogether = 16;
    private const int QuickMilliseconds = 2;
    private const int SlowMilliseconds = 8;

    private readonly Lock _gate = new();
    private HashSet<(MessageId Id, bool IsReply)>? _behind;
    private HashSet<(MessageId Id, bool IsReply)>? _behindSending;
    private OutBuffer _active = new();
    private OutBuffer _sending = new();
    private OutBuffer? _urgent;
    private OutBuffer? _urgentSending;
    private long _inFlight;

    // Cutting: a body in parts is in one of the buffers, and what is written behind it is tracked. Passed: its first part is out, and with it everything
    // that was written before tracking began, so that urgent messages may go.
    private bool _cutting;
    private bool _passed;
    private bool _flushing;
    private int _pongs;
    private int _together = 1;

    // Urgent messages wait for the first part, and what was written behind it may depend on them.
    private bool _alone;

    private long UrgentLength => _urgent is null ? 0 : _urgent.Length;

    public Written Write(in Message message, IMessageBody? body)
    {
        lock (_gate)
        {
            OutBuffer output = _cutting && IsUrgent(in message) ? _urgent ??= new OutBuffer() : _active;
            (long mark, int cuts) = (output.Length, output.CutCount);
            int octets;
            try
            {
                octets = writer.Write(in message, body, output);
            }
            catch
            {
                TakeBack(output, mark, cuts);
                throw;
            }

            if (framed) Close(output, mark);
            else if (output.CutCount > 0 || _cutting) Track(in message, output, mark);
            return new Written(octets, (int)Math.Min(int.MaxValue, _active.Length + UrgentLength + _inFlight));
        }
    }

    /// <summary>A writer for the items of a stream; null where each must be a message, or a frame, of its own.</summary>
    public IItemWriter? ItemsOf(in Message envelope) => !framed && writer.FrameItems(in envelope) is { } frame ? new ItemWriter(this, envelope, frame) : null;

    /// <summary>Appends framed items; like any item they wait their turn.</summary>
    public Written WriteItems(in Message envelope, ReadOnlySpan<byte> items)
    {
        lock (_gate)
        {
            long mark = _active.Length;
            items.CopyTo(_active.GetSpan(items.Length));
            _active.Advance(items.Length);
            if (_cutting) Track(in envelope, _active, mark);
            return new Written(items.Length, (int)Math.Min(int.MaxValue, _active.Length + UrgentLength + _inFlight));
        }
    }

    public void Write(IWireSession session, in HopSignal signal)
    {
        lock (_gate)
        {
            // A peer that pings and does not read cannot fill the outbox: any octet is a sign of life.
            if (signal.Kind == HopSignalKind.Pong && ++_pongs > MostPongs) return;
            OutBuffer output = _cutting && signal.Kind != HopSignalKind.Goodbye ? _urgent ??= new OutBuffer() : _active;
            (long mark, int cuts) = (output.Length, output.CutCount);
            try
            {
                session.Write(in signal, output);
                if (framed) Close(output, mark);
            }
            catch
            {
                TakeBack(output, mark, cuts);
                throw;
            }
        }
    }

    public async ValueTask FlushAsync(IByteTransport transport, CancellationToken ct)
    {
        if (!Swap()) return;
        do
        {
            await SendUrgentAsync(transport, ct).ConfigureAwait(false);
            long sent = 0;
            for (int cut = 0; cut < _sending.CutCount; cut++)
            {
                if (!framed) cut = Math.Min(cut + (_alone ? 1 : _together), _sending.CutCount) - 1;
                _alone = false;
                long end = _sending.Cuts[cut];
                if (end <= sent && !framed) continue;
                long before = Environment.TickCount64;
                await transport.SendAsync(_sending.Slice(sent, end), ct).ConfigureAwait(false);
                Pace(Environment.TickCount64 - before);
                sent = end;
                TakeUrgent();
                await SendUrgentAsync(transport, ct).ConfigureAwait(false);
            }

            if (_sending.Length > sent) await transport.SendAsync(_sending.Slice(sent, _sending.Length), ct).ConfigureAwait(false);
            _sending.GiveBack();
        }
        while (Remains());
    }

    /// <summary>Gives back the memory that nothing waits in and no flush uses.</summary>
    public void Release()
    {
        lock (_gate)
        {
            if (_active.Length == 0 && _active.CutCount == 0) _active.Release();
            if (UrgentLength == 0) _urgent?.Release();
            if (_flushing) return;
            _sending.Release();
            _urgentSending?.Release();
        }
    }

    private static void TakeBack(OutBuffer output, long mark, int cuts)
    {
        output.Truncate(mark, cuts);
        if (mark == 0 && cuts == 0) output.GiveBack();
    }

    // What was written since the mark is one frame, unless the writer ended its frames itself. Nothing written is no frame.
    private static void Close(OutBuffer output, long mark)
    {
        long closed = output.CutCount > 0 ? Math.Max(output.Cuts[^1], mark) : mark;
        if (output.Length > closed) output.EndFrame();
    }

    /// <summary>Takes the next buffer to send, and the urgent messages that go before it; false when nothing waits.</summary>
    private bool Swap()
    {
        lock (_gate)
        {
            (_active, _sending) = (_sending, _active);
            (_behind, _behindSending) = (_behindSending, _behind);
            _behind?.Clear();
            _inFlight = _sending.Length;
            if (_cutting)
            {
                _cutting = _sending.CutCount > 0;
                if (_passed || !_cutting) SwapUrgent();
                _alone = UrgentLength > 0;
                if (!_cutting)
                {
                    _passed = false;
                    _behindSending?.Clear();
                }
            }

            _pongs = 0;
            return _flushing = _sending.Length > 0 || _sending.CutCount > 0 || _urgentSending is { Length: > 0 };
        }
    }

    // What was written meanwhile belongs to another flush, which its writer asks for when it has written enough. Only around a body in parts this one goes on, until nothing waits.
    private bool Remains()
    {
        lock (_gate)
        {
            if (_cutting || UrgentLength > 0) return Swap();
            _inFlight = 0;
            return _flushing = false;
        }
    }

    private void Pace(long milliseconds)
    {
        if (milliseconds < QuickMilliseconds) _together = Math.Min(_together * 2, MostTogether);
        else if (milliseconds > SlowMilliseconds) _together = Math.Max(_together / 4, 1);
    }

    private void TakeUrgent()
    {
        lock (_gate)
        {
            _passed = true;
            SwapUrgent();
        }
    }

    private void SwapUrgent() => (_urgent, _urgentSending) = (_urgentSending, _urgent);

    private async ValueTask SendUrgentAsync(IByteTransport transport, CancellationToken ct)
    {
        if (_urgentSending is not { Length: > 0 } urgent) return;
        await transport.SendAsync(urgent.Slice(0, urgent.Length), ct).ConfigureAwait(false);
        urgent.GiveBack();
    }

    // A message may overtake only what it does not depend on: its own request, and earlier items of its call.
    private bool IsUrgent(in Message message) => message.Kind switch
    {
        MessageKind.Credit or MessageKind.Cancel => !IsBehind((message.Id, message.IsReply)),
        MessageKind.Response or MessageKind.Error => !IsBehind((message.Id, true)),
        _ => false,
    };

    private bool IsBehind((MessageId Id, bool IsReply) call) => _behind?.Contains(call) == true || _behindSending?.Contains(call) == true;

    private void Track(in Message message, OutBuffer output, long mark)
    {
        if (ReferenceEquals(output, _urgent))
        {
            if (output.CutCount == 0) return;

            // A reply that itself needs parts waits its turn with the other large bodies.
            foreach (ReadOnlyMemory<byte> piece in output.Slice(mark, output.Length)) _active.Write(piece.Span);
            foreach (long cut in output.Cuts) _active.AllowCutAt(_active.Length - (output.Length - cut));
            output.ForgetCuts();
            output.Truncate(mark);
        }

        _cutting = true;
        if (!message.Id.IsNone) (_behind ??= []).Add((message.Id, message.IsReply || message.Kind is MessageKind.Response or MessageKind.Error));
    }
}
