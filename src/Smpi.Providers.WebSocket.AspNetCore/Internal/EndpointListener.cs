using System.Threading.Channels;

namespace Smpi;

/// <summary>Passes the connections of requests on to a server.</summary>
internal sealed class EndpointListener(ConnectionOptions options) : IListener
{
    private readonly Channel<IConnection> _ready = Channel.CreateBounded<IConnection>(options.Limits.PendingHandshakes);
    private int _pending;
    private int _disposed;

    public string Address => "aspnetcore";

    public ConnectionOptions Options => options;

    public bool IsOpen => Volatile.Read(ref _disposed) == 0;

    /// <summary>Takes a place for a handshake; false when all are taken.</summary>
    public bool TryBegin()
    {
        if (Interlocked.Increment(ref _pending) <= options.Limits.PendingHandshakes) return true;
        End();
        return false;
    }

    public void End() => Interlocked.Decrement(ref _pending);

    /// <summary>Hands a connection over; disposes it when the server no longer listens.</summary>
    public async ValueTask OfferAsync(IConnection connection, CancellationToken ct)
    {
        try
        {
            await _ready.Writer.WriteAsync(connection, ct).ConfigureAwait(false);
            if (!IsOpen) await EmptyAsync().ConfigureAwait(false);
        }
        catch (Exception error) when (error is OperationCanceledException or System.Threading.Channels.ChannelClosedException)
        {
            await connection.DisposeAsync().ConfigureAwait(false);
        }
    }

    public async ValueTask<IConnection?> AcceptAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _ready.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (System.Threading.Channels.ChannelClosedException)
        {
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        _ready.Writer.TryComplete();
        await EmptyAsync().ConfigureAwait(false);
    }

    private async ValueTask EmptyAsync()
    {
        while (_ready.Reader.TryRead(out IConnection? unclaimed)) await unclaimed.DisposeAsync().ConfigureAwait(false);
    }
}
