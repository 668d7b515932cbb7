namespace Smpi;

/// <summary>A protocol over bytes: it dials, and the shared connection does the rest. TLS wraps any of them.</summary>
public abstract class ByteProtocol : IProtocol
{
    /// <inheritdoc/>
    public abstract string Name { get; }

    /// <summary>The endpoint in the form of an address, for people.</summary>
    public abstract string Address { get; }

    /// <summary>The host that a certificate of the peer has to name; null where there is no host.</summary>
    protected internal virtual string? HostName => null;

    /// <summary>The same protocol as the floor of another one, whose address is the one that a user wrote and reads in messages.</summary>
    internal virtual ByteProtocol Below(string token) => this;

    /// <inheritdoc/>
    public async ValueTask<IConnection> ConnectAsync(ConnectionOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        ConnectionOptions dialler = options with { Role = ConnectionRole.Dialler };
        IByteTransport transport = await DialInTimeAsync(dialler, cancellationToken).ConfigureAwait(false);
        return await StreamConnection.OpenAsync(transport, dialler, Name, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reaches the peer.</summary>
    /// <remarks>Failures are <see cref="ChannelClosedException"/> where trying again may help, else <see cref="SmpiConfigurationException"/>; nothing is left open.</remarks>
    /// <param name="options">Limits and clock.</param>
    /// <param name="cancellationToken">Ends the attempt; it is cancelled after <see cref="SmpiLimits.HandshakeTimeout"/>.</param>
    protected internal abstract ValueTask<IByteTransport> DialAsync(ConnectionOptions options, CancellationToken cancellationToken);

    private async ValueTask<IByteTransport> DialInTimeAsync(ConnectionOptions options, CancellationToken ct)
    {
        TimeSpan limit = options.Limits.HandshakeTimeout;
        using var timeout = new CancellationTokenSource(limit, options.TimeProvider);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(ct, timeout.Token);
        try
        {
            return await DialAsync(options, linked.Token).ConfigureAwait(false);
        }
        catch (Exception) when (ct.IsCancellationRequested)
        {
            throw new OperationCanceledException(ct);
        }
        catch (OperationCanceledException error)
        {
            throw new ChannelClosedException(
                new CloseReason(ErrorCode.Unavailable, $"{Address} did not answer within {limit.TotalSeconds:0.#} s.", ClosedBy.Transport), error);
        }
    }

    /// <summary>The address.</summary>
    public override string ToString() => Address;
}
