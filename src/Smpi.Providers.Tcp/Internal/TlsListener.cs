namespace Smpi;

/// <summary>The listener below, under the address that a TLS peer uses.</summary>
internal sealed class TlsListener(IByteListener inner, string address) : IByteListener
{
    public string Address => address;

    public ValueTask<IByteTransport?> AcceptAsync(CancellationToken cancellationToken) => inner.AcceptAsync(cancellationToken);

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
