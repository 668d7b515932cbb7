namespace Smpi.Tests;

/// <summary>Counts the sends that carry something.</summary>
internal sealed class CountingConnection(IConnection inner) : IConnection
{
    private int _written;
    private int _sends;

    public int Sends => Volatile.Read(ref _sends);

    public ConnectionInfo Info => inner.Info;

    public ValueTask<bool> ReadAsync(CancellationToken cancellationToken) => inner.ReadAsync(cancellationToken);

    public bool TryRead(out Message message) => inner.TryRead(out message);

    public Written Write(in Message message, IMessageBody? body = null)
    {
        Written written = inner.Write(in message, body);
        Volatile.Write(ref _written, 1);
        return written;
    }

    public ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _written, 0) != 0) Interlocked.Increment(ref _sends);
        return inner.FlushAsync(cancellationToken);
    }

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
