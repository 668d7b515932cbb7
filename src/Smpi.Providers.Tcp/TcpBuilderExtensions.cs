namespace Smpi;

/// <summary>Connects and listens over TCP.</summary>
public static class TcpBuilderExtensions
{
    /// <summary>Connects over TCP.</summary>
    /// <typeparam name="TBuilder">The builder's own type.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="host">A name or an IP address.</param>
    /// <param name="port">The port.</param>
    /// <param name="options">How sockets are set up; null for the defaults.</param>
    public static TBuilder UseTcp<TBuilder>(this TBuilder builder, string host, int port, TcpOptions? options = null)
        where TBuilder : ISmpiBuilder => BuilderParts.Set(builder, new TcpProtocol(host, port, options), listen: false);

    /// <summary>Listens on TCP.</summary>
    /// <typeparam name="TBuilder">The builder's own type.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="host">An address of this machine, such as <c>127.0.0.1</c>; <c>0.0.0.0</c> for all.</param>
    /// <param name="port">The port; zero for any free one.</param>
    /// <param name="options">How sockets are set up; null for the defaults.</param>
    public static TBuilder ListenTcp<TBuilder>(this TBuilder builder, string host, int port, TcpOptions? options = null)
        where TBuilder : ISmpiBuilder => BuilderParts.Set(builder, new TcpProtocol(host, port, options), listen: true);
}
