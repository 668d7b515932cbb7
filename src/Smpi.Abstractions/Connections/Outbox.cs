using System.Buffers;

namespace Smpi;

/// <summary>The sending half of a connection over bytes: messages are encoded straight into one buffer while another is being sent.</summary>
/// <remarks>
/// Messages go out in the order they were written. While a body in parts is under way, replies, cancels and credits that depend on nothing that still
/// waits are sent between its parts. On transports with frames each message is a part of its own, and nothing overtakes.
/// </remarks>
internal sealed class Outbox(IMessageWriter writer, bool framed = false)
{
    private readonly Lock _gate = new();
    private readonly HashSet<(MessageId Id, bool IsReply)> _behind = [];
    private OutBuffer _active = new();
    private OutBuffer _sending = new();
    private OutBuffer _urgent = new();
    private OutBuffer _urgentSending = new();
    private long _inFlight;
    private bool _cutting;

    public Written Write(in Message message, IMessageBody? body)
    {
        lock (_gate)
        {
            OutBuffer output = _cutting && IsUrgent(in message) ? _urgent : _active;
            (long mark, int cuts) = (output.Length, output.Cuts.Count);
            int octets;
            try
            {
                octets = writer.Write(in message, body, output);
            }
            catch
            {
                output.Truncate(mark, cuts);
                throw;
            }

            if (framed) Close(output, mark);
            else if (output.Cuts.Count > 0 || _cutting) Track(in message, output, mark);
            return new Written(octets, (int)Math.Min(int.MaxValue, _active.Length + _urgent.Length + _inFlight));
        }
    }

    public void Write(IWireSession session, in HopSignal signal)
    {
        lock (_gate)
        {
            OutBuffer output = _cutting && signal.Kind != HopSignalKind.Goodbye ? _urgent : _active;
            long mark = output.Length;
            session.Write(in signal, output);
            if (framed) Close(output, mark);
        }
    }

    public async ValueTask FlushAsync(IByteTransport transport, CancellationToken ct)
    {
        while (Swap())
        {
            long sent = 0;
            for (int cut = 0; cut < _sending.Cuts.Count; cut++)
            {
                long end = _sending.Cuts[cut];
                if (end <= sent && !framed) continue;
                await transport.SendAsync(_sending.Slice(sent, end), ct).ConfigureAwait(false);
                sent = end;
                await FlushUrgentAsync(transport, ct).ConfigureAwait(false);
            }

            if (_sending.Length > sent) await transport.SendAsync(_sending.Slice(sent, _sending.Length), ct).ConfigureAwait(false);
            _sending.Clear();
            await FlushUrgentAsync(transport, ct).ConfigureAwait(false);
        }
    }

    /// <summary>Gives memory back while nothing waits; nothing may be flushing.</summary>
    public void Release()
    {
        lock (_gate)
        {
            if (_active.Length == 0 && _active.Cuts.Count == 0) _active.Release();
            if (_urgent.Length == 0) _urgent.Release();
            _sending.Release();
            _urgentSending.Release();
        }
    }

    // What was written since the mark is one frame, unless the writer ended its frames itself. Nothing written is no frame.
    private static void Close(OutBuffer output, long mark)
    {
        long closed = output.Cuts.Count > 0 ? Math.Max(output.Cuts[^1], mark) : mark;
        if (output.Length > closed) output.EndFrame();
    }

    private bool Swap()
    {
        lock (_gate)
        {
            _inFlight = 0;
            if (_active.Length == 0 && _active.Cuts.Count == 0)
            {
                _cutting = false;
                _behind.Clear();
                return false;
            }

            (_active, _sending) = (_sending, _active);
            _inFlight = _sending.Length;
            return true;
        }
    }

    private async ValueTask FlushUrgentAsync(IByteTransport transport, CancellationToken ct)
    {
        lock (_gate)
        {
            if (_urgent.Length == 0) return;
            (_urgent, _urgentSending) = (_urgentSending, _urgent);
        }

        await transport.SendAsync(_urgentSending.Slice(0, _urgentSending.Length), ct).ConfigureAwait(false);
        _urgentSending.Clear();
    }

    // A message may overtake only what it does not depend on: its own request, and earlier items of its call.
    private bool IsUrgent(in Message message) => message.Kind switch
    {
        MessageKind.Credit => true,
        MessageKind.Cancel => !_behind.Contains((message.Id, message.IsReply)),
        MessageKind.Response or MessageKind.Error => !_behind.Contains((message.Id, true)),
        _ => false,
    };

    private void Track(in Message message, OutBuffer output, long mark)
    {
        if (ReferenceEquals(output, _urgent) && output.Cuts.Count > 0)
        {
            // A reply that itself needs parts waits its turn with the other large bodies.
            foreach (ReadOnlyMemory<byte> piece in output.Slice(mark, output.Length)) _active.Write(piece.Span);
            foreach (long cut in output.Cuts.ToArray()) _active.AllowCutAt(_active.Length - (output.Length - cut));
            output.Truncate(mark);
            output.ForgetCuts();
        }

        _cutting = true;
        if (!message.Id.IsNone) _behind.Add((message.Id, message.IsReply || message.Kind is MessageKind.Response or MessageKind.Error));
    }
}
