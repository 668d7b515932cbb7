using System.Globalization;

namespace Smpi;

/// <summary>The broadcasts that wait for one peer. It is empty as long as the peer keeps up.</summary>
internal sealed class BroadcastQueue(PeerChannel peer)
{
    /// <summary>The header by which a peer is told how many events it lost.</summary>
    public const string GapHeader = "smpi-gap";

    private const int Capacity = 1024;

    private readonly Lock _gate = new();
    private readonly Queue<Broadcast> _waiting = new();
    private bool _draining;
    private long _octets;
    private long _dropped;
    private long _announced;

    public long Dropped => Interlocked.Read(ref _dropped);

    public ValueTask SendAsync(Broadcast broadcast, CancellationToken ct)
    {
        if (broadcast.Options.WhenSlow == WhenSlow.Wait) return WaitAsync(broadcast, ct);
        lock (_gate)
        {
            if (!_draining && TryWrite(broadcast)) return default;
            while (_waiting.Count == Capacity || (_waiting.Count > 0 && _octets + broadcast.Body.Length > peer.Plan.Limits.SendQueue))
            {
                if (broadcast.Options.WhenSlow == WhenSlow.Disconnect)
                {
                    Disconnect();
                    return default;
                }

                EncodedBody oldest = _waiting.Dequeue().Body;
                _octets -= oldest.Length;
                oldest.Release();
                Interlocked.Increment(ref _dropped);
            }

            broadcast.Body.Hold();
            _waiting.Enqueue(broadcast);
            _octets += broadcast.Body.Length;
            if (_draining) return default;
            _draining = true;
        }

        _ = DrainAsync();
        return default;
    }

    private ValueTask WaitAsync(Broadcast broadcast, CancellationToken ct)
    {
        try
        {
            if (!TryWriteEvent(broadcast, out Written written)) return WaitForCreditAsync(broadcast, ct);
            ValueTask room = peer.Link.Outlet.RoomAsync(written, ct);
            return room.IsCompletedSuccessfully ? default : WaitForRoomAsync(room);
        }
        catch (ChannelClosedException)
        {
            return default;
        }
        catch (Exception error)
        {
            return ValueTask.FromException(error);
        }
    }

    private static async ValueTask WaitForRoomAsync(ValueTask room)
    {
        try
        {
            await room.ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            // The peer is gone: a broadcast is for those who are there.
        }
    }

    private async ValueTask WaitForCreditAsync(Broadcast broadcast, CancellationToken ct)
    {
        broadcast.Body.Hold();
        try
        {
            Written written;
            do await peer.Link.Flow.EventCredit.OpenAsync(ct).ConfigureAwait(false);
            while (!TryWriteEvent(broadcast, out written));
            await peer.Link.Outlet.RoomAsync(written, ct).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            // The peer is gone: a broadcast is for those who are there.
        }
        finally
        {
            broadcast.Body.Release();
        }
    }

    private async Task DrainAsync()
    {
        try
        {
            while (true)
            {
                await peer.Link.Flow.EventCredit.OpenAsync(CancellationToken.None).ConfigureAwait(false);
                Written written;
                lock (_gate)
                {
                    if (!_waiting.TryPeek(out Broadcast next))
                    {
                        _draining = false;
                        return;
                    }

                    if (!TryWriteWaiting(next, out written)) continue;
                    _waiting.Dequeue();
                    _octets -= next.Body.Length;
                    next.Body.Release();
                }

                await peer.Link.Outlet.RoomAsync(written, CancellationToken.None).ConfigureAwait(false);
            }
        }
        catch (Exception error)
        {
            Stop(error);
        }
    }

    private bool TryWrite(Broadcast broadcast)
    {
        try
        {
            // A peer that takes nothing shows in the outbox before its credit runs out.
            if (!TryWriteEvent(broadcast, out Written written)) return false;
            _draining = written.Waiting > peer.Plan.Limits.SendQueue;
            if (_draining) _ = AfterRoomAsync(written);
            return true;
        }
        catch (ChannelClosedException)
        {
            return true;
        }
    }

    private async Task AfterRoomAsync(Written written)
    {
        try
        {
            await peer.Link.Outlet.RoomAsync(written, CancellationToken.None).ConfigureAwait(false);
            await DrainAsync().ConfigureAwait(false);
        }
        catch (Exception error)
        {
            Stop(error);
        }
    }

    // Nobody awaits the drain: what is no failure of its kind is one of the connection.
    private void Stop(Exception error)
    {
        if (error is not SmpiException) peer.Link.Fail(peer.Link.AsClosed(error));
        Clear();
    }

    // False when the peer takes no event at the moment.
    private bool TryWriteEvent(Broadcast broadcast, out Written written)
    {
        Headers? headers = broadcast.Options.Headers;
        long lost = Dropped - Interlocked.Read(ref _announced);
        if (lost > 0 && peer.Link.Traits.Headers)
        {
            headers = headers?.Clone() ?? new Headers();
            headers[GapHeader] = lost.ToString(CultureInfo.InvariantCulture);
        }
        else
        {
            lost = 0;
        }

        var message = new Message(MessageKind.Event, default, isReply: false, broadcast.Subject, headers);
        if (!peer.Link.Flow.TryWriteEvent(in message, broadcast.Body, out written)) return false;
        if (lost > 0) Interlocked.Add(ref _announced, lost);
        return true;
    }

    // An event that this peer does not take is lost to it, and does not hold up the others.
    private bool TryWriteWaiting(Broadcast broadcast, out Written written)
    {
        try
        {
            return TryWriteEvent(broadcast, out written);
        }
        catch (MessageTooLargeException)
        {
            Interlocked.Increment(ref _dropped);
            written = default;
            return true;
        }
    }

    private void Clear()
    {
        lock (_gate)
        {
            while (_waiting.TryDequeue(out Broadcast lost)) lost.Body.Release();
            _octets = 0;
        }
    }

    private void Disconnect() => peer.Link.Fail(new ChannelClosedException(new CloseReason(
        ErrorCode.EnhanceYourCalm, $"{peer.Connection.Remote} is too slow for the events it is sent: {_waiting.Count} wait, with {_octets} octets.", ClosedBy.Local)));
}
