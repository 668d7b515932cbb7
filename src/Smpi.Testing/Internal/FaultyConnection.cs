namespace Smpi;

/// <summary>A connection that a <see cref="WireControl"/> can hurt.</summary>
internal sealed class FaultyConnection(WireControl control, IConnection inner) : IConnection
{
    private readonly CancellationTokenSource _over = new();
    private CloseReason? _cut;
    private int _closed;

    public ConnectionInfo Info => inner.Info;

    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _over.Token);
        try
        {
            bool more = await inner.ReadAsync(cancellationToken).ConfigureAwait(false);
            await control.PassAsync(WireDirection.Incoming, linked.Token).ConfigureAwait(false);
            return more;
        }
        catch (Exception error) when (error is OperationCanceledException or ChannelClosedException)
        {
            throw Ended(error);
        }
    }

    public bool TryRead(out Message message)
    {
        if (_cut is null) return inner.TryRead(out message);
        message = default;
        return false;
    }

    public Written Write(in Message message, IMessageBody? body = null) => inner.Write(in message, body);

    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _over.Token);
        try
        {
            await control.PassAsync(WireDirection.Outgoing, linked.Token).ConfigureAwait(false);
            if (_cut is { } reason) throw new ChannelClosedException(reason);
            await inner.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is OperationCanceledException or ChannelClosedException)
        {
            throw Ended(error);
        }
    }

    public async ValueTask DisposeAsync()
    {
        control.Forget(this);
        await CloseAsync().ConfigureAwait(false);
    }

    public void Cut(CloseReason reason)
    {
        _cut = reason;
        Info.Closed ??= reason;
        if (inner is MemoryConnection memory) memory.Abort(reason);
        _ = CloseAsync();
    }

    private async Task CloseAsync()
    {
        if (Interlocked.Exchange(ref _closed, 1) != 0) return;

        // The connection first: what waits must find it closed.
        await inner.DisposeAsync().ConfigureAwait(false);
        await _over.CancelAsync().ConfigureAwait(false);
    }

    private ChannelClosedException Ended(Exception error)
    {
        if (_cut is { } reason) return new ChannelClosedException(reason, error);
        if (error is ChannelClosedException closed) return closed;
        CloseReason local = _closed != 0
            ? new CloseReason(ErrorCode.Closed, "This side closed the connection.", ClosedBy.Local)
            : new CloseReason(ErrorCode.Cancelled, "The wait was cancelled, which ends the connection.", ClosedBy.Local);
        return new ChannelClosedException(Info.Closed ??= local, error);
    }
}
