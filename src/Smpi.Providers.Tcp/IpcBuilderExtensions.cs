namespace Smpi;

/// <summary>Connects and listens by a name on this machine.</summary>
public static class IpcBuilderExtensions
{
    /// <summary>Connects to a process of the same user by a name.</summary>
    /// <typeparam name="TBuilder">The builder's own type.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="name">Any name.</param>
    /// <param name="options">Where names live; null for the defaults.</param>
    public static TBuilder UseIpc<TBuilder>(this TBuilder builder, string name, IpcOptions? options = null)
        where TBuilder : ISmpiBuilder => BuilderParts.Set(builder, new IpcProtocol(name, options), listen: false);

    /// <summary>Listens for processes of the same user under a name.</summary>
    /// <typeparam name="TBuilder">The builder's own type.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="name">Any name.</param>
    /// <param name="options">Where names live; null for the defaults.</param>
    public static TBuilder ListenIpc<TBuilder>(this TBuilder builder, string name, IpcOptions? options = null)
        where TBuilder : ISmpiBuilder => BuilderParts.Set(builder, new IpcProtocol(name, options), listen: true);
}
