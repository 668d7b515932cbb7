using System.Net.Security;

namespace Smpi;

/// <summary>TLS over any protocol over bytes: <c>tls://host:4712</c> is TLS over TCP.</summary>
/// <remarks>
/// A peer that is not trusted is refused with a sentence that says why: on this side as a <see cref="SmpiConfigurationException"/>, for a listener as a note of
/// <see cref="ConnectionOptions.Notes"/>. A refusal by the peer is a <see cref="ChannelClosedException"/> with <see cref="ErrorCode.Unauthenticated"/>.
/// </remarks>
public sealed class TlsProtocol : ByteServerProtocol, IGuardedProtocol
{
    private readonly ByteProtocol _inner;
    private readonly TlsOptions _options;
    private readonly Lazy<SslStreamCertificateContext?> _certificate;

    /// <summary>Puts TLS on a protocol. Nothing is opened yet.</summary>
    /// <param name="inner">The protocol below.</param>
    /// <param name="options">Certificates and trust; null for dialling with the trust of the system.</param>
    public TlsProtocol(ByteProtocol inner, TlsOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(inner);
        _inner = inner.Below(Name);
        _options = options ?? new TlsOptions();
        _certificate = new Lazy<SslStreamCertificateContext?>(
            () => _options.Certificate is null ? null : SslStreamCertificateContext.Create(_options.Certificate, _options.Intermediates, offline: true));
    }

    internal TlsOptions Options => _options;

    internal ByteProtocol Inner => _inner;

    /// <inheritdoc/>
    public IReadOnlyCollection<string> Guards
    {
        get
        {
            IReadOnlyCollection<string> below = _inner is IGuardedProtocol guarded ? guarded.Guards : [];
            return _options.ClientCertificates == ClientCertificateMode.Required ? [.. below, "required client certificates"] : below;
        }
    }

    /// <inheritdoc/>
    public override string Name => "tls";

    /// <inheritdoc/>
    public override string Address => Over(_inner.Address);

    /// <inheritdoc/>
    protected internal override string? HostName => _inner.HostName;

    /// <inheritdoc/>
    protected internal override async ValueTask<IByteTransport> DialAsync(ConnectionOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        string host = _options.ServerName ?? HostName
            ?? throw new SmpiConfigurationException(
                $"TLS over {_inner.Address} has no host to check the certificate for: set TlsOptions.ServerName to the name in the listener's certificate.");
        CheckKey();
        IByteTransport raw = await _inner.DialAsync(options, cancellationToken).ConfigureAwait(false);
        return await new TlsHandshake(raw, _options, _certificate.Value, options).DialAsync(host, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected internal override async ValueTask<IByteListener> BindAsync(ConnectionOptions options, CancellationToken cancellationToken)
    {
        if (_inner is not ByteServerProtocol server) throw new SmpiConfigurationException($"'{_inner.Name}' cannot listen, so TLS over it cannot either.");
        if (_options.Certificate is null)
        {
            throw new SmpiConfigurationException(
                $"Listening on {Address} needs a certificate: set TlsOptions.Certificate, or 'tls[certificate=server.pem,key=server.key]:…'.");
        }

        CheckKey();
        IByteListener listener = await server.BindAsync(options, cancellationToken).ConfigureAwait(false);
        return new TlsListener(listener, Over(listener.Address));
    }

    /// <inheritdoc/>
    protected internal override async ValueTask<IByteTransport> PrepareAsync(IByteTransport accepted, ConnectionOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        IByteTransport raw = await ((ByteServerProtocol)_inner).PrepareAsync(accepted, options, cancellationToken).ConfigureAwait(false);
        return await new TlsHandshake(raw, _options, _certificate.Value, options).AcceptAsync(cancellationToken).ConfigureAwait(false);
    }

    private static string Over(string address) =>
        address.StartsWith("tls:", StringComparison.Ordinal) ? address : $"tls:{address}";

    private void CheckKey()
    {
        if (_options.Certificate is { HasPrivateKey: false } certificate)
        {
            throw new SmpiConfigurationException($"The certificate '{certificate.Subject}' for {Address} has no private key: load it together with its key.");
        }
    }
}
