namespace Smpi.Tests;

/// <summary>A connection whose sends fail when they are told to.</summary>
internal sealed class BrokenConnection(IConnection inner, Func<bool> isBroken) : IConnection
{
    public ConnectionInfo Info => inner.Info;

    public ValueTask<bool> ReadAsync(CancellationToken cancellationToken) => inner.ReadAsync(cancellationToken);

    public bool TryRead(out Message message) => inner.TryRead(out message);

    public Written Write(in Message message, IMessageBody? body = null) => inner.Write(in message, body);

    public ValueTask FlushAsync(CancellationToken cancellationToken) => isBroken()
        ? ValueTask.FromException(new ChannelClosedException(new CloseReason(ErrorCode.Unavailable, "The wire is broken.", ClosedBy.Transport)))
        : inner.FlushAsync(cancellationToken);

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
