namespace Smpi;

/// <summary>A protocol over bytes that can also listen.</summary>
public abstract class ByteServerProtocol : ByteProtocol, IServerProtocol
{
    /// <inheritdoc/>
    public async ValueTask<IListener> ListenAsync(ConnectionOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        cancellationToken.ThrowIfCancellationRequested();
        ConnectionOptions accepted = options with { Role = ConnectionRole.Listener };
        IByteListener listener = await BindAsync(accepted, cancellationToken).ConfigureAwait(false);
        return new HandshakeQueue<IByteTransport>(
            listener.Address, accepted, listener.AcceptAsync, (raw, ct) => OpenAsync(raw, accepted, ct), listener.DisposeAsync, Origin);
    }

    /// <summary>Starts to listen for bytes.</summary>
    /// <param name="options">Limits and clock.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="SmpiConfigurationException">The endpoint is in use or not allowed.</exception>
    protected internal abstract ValueTask<IByteListener> BindAsync(ConnectionOptions options, CancellationToken cancellationToken);

    /// <summary>Does what comes between accepting bytes and opening a connection, such as TLS. Runs side by side for many peers.</summary>
    /// <param name="accepted">The peer's bytes; the caller disposes them when this method throws.</param>
    /// <param name="options">Limits and clock.</param>
    /// <param name="cancellationToken">Ends the attempt; it is cancelled after <see cref="SmpiLimits.HandshakeTimeout"/>.</param>
    protected internal virtual ValueTask<IByteTransport> PrepareAsync(IByteTransport accepted, ConnectionOptions options, CancellationToken cancellationToken) => new(accepted);

    // The host without the port: whoever opens many connections has one host and many ports.
    private static string Origin(IByteTransport raw)
    {
        string remote = raw.Remote;
        int port = remote.Contains("://", StringComparison.Ordinal) ? remote.LastIndexOf(':') : -1;
        return port > 0 ? remote[..port] : remote;
    }

    private async ValueTask<IConnection> OpenAsync(IByteTransport raw, ConnectionOptions options, CancellationToken ct)
    {
        IByteTransport prepared = await PrepareInTimeAsync(raw, options, ct).ConfigureAwait(false);
        StreamConnection connection = await StreamConnection.OpenAsync(prepared, options, Name, ct).ConfigureAwait(false);
        connection.Info.User = (prepared as IPeerIdentity)?.User;
        return connection;
    }

    private async ValueTask<IByteTransport> PrepareInTimeAsync(IByteTransport raw, ConnectionOptions options, CancellationToken ct)
    {
        TimeSpan limit = options.Limits.HandshakeTimeout;
        using var timeout = new CancellationTokenSource(limit, options.TimeProvider);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(ct, timeout.Token);
        try
        {
            return await PrepareAsync(raw, options, linked.Token).ConfigureAwait(false);
        }
        catch
        {
            await raw.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
