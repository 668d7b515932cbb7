namespace Smpi;

/// <summary>Connects and listens over Unix domain sockets.</summary>
public static class UnixSocketBuilderExtensions
{
    /// <summary>Connects over a Unix domain socket.</summary>
    /// <typeparam name="TBuilder">The builder's own type.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="path">The path of the socket's file.</param>
    /// <param name="options">How sockets are set up; null for the defaults.</param>
    public static TBuilder UseUnixSocket<TBuilder>(this TBuilder builder, string path, UnixSocketOptions? options = null)
        where TBuilder : ISmpiBuilder => BuilderParts.Set(builder, new UnixSocketProtocol(path, options), listen: false);

    /// <summary>Listens on a Unix domain socket.</summary>
    /// <typeparam name="TBuilder">The builder's own type.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="path">The path of the socket's file.</param>
    /// <param name="options">How sockets are set up; null for the defaults.</param>
    public static TBuilder ListenUnixSocket<TBuilder>(this TBuilder builder, string path, UnixSocketOptions? options = null)
        where TBuilder : ISmpiBuilder => BuilderParts.Set(builder, new UnixSocketProtocol(path, options), listen: true);
}
