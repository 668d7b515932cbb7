namespace Smpi;

/// <summary>Connects and listens over TLS.</summary>
public static class TlsBuilderExtensions
{
    /// <summary>Connects over TLS over TCP.</summary>
    /// <typeparam name="TBuilder">The builder's own type.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="host">A name or an IP address.</param>
    /// <param name="port">The port.</param>
    /// <param name="options">Certificates and trust; null for the trust of the system.</param>
    public static TBuilder UseTls<TBuilder>(this TBuilder builder, string host, int port, TlsOptions? options = null)
        where TBuilder : ISmpiBuilder => BuilderParts.Set(builder, new TlsProtocol(new TcpProtocol(host, port), options), listen: false);

    /// <summary>Listens on TLS over TCP.</summary>
    /// <typeparam name="TBuilder">The builder's own type.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="host">An address of this machine, such as <c>127.0.0.1</c>; <c>0.0.0.0</c> for all.</param>
    /// <param name="port">The port; zero for any free one.</param>
    /// <param name="options">The certificate of this side, and whom it trusts.</param>
    public static TBuilder ListenTls<TBuilder>(this TBuilder builder, string host, int port, TlsOptions options)
        where TBuilder : ISmpiBuilder => BuilderParts.Set(builder, new TlsProtocol(new TcpProtocol(host, port), options), listen: true);

    /// <summary>Puts TLS on the protocol that was chosen before, such as a Unix socket.</summary>
    /// <typeparam name="TBuilder">The builder's own type.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="options">Certificates and trust.</param>
    /// <exception cref="SmpiConfigurationException">No protocol over bytes was chosen before.</exception>
    public static TBuilder UseTls<TBuilder>(this TBuilder builder, TlsOptions options)
        where TBuilder : ISmpiBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        ChannelParts parts = builder.Settings<ChannelParts>();
        return parts.Protocol is ByteProtocol inner
            ? BuilderParts.Set(builder, new TlsProtocol(inner, options), parts.Listen)
            : throw new SmpiConfigurationException(
                $"TLS goes over a protocol over bytes and '{parts.Protocol?.Name ?? "none"}' was chosen: "
                + "call UseTcp, UseUnixSocket, UseNamedPipe, UseIpc or UseStream before UseTls.");
    }
}
