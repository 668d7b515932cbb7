namespace Smpi;

/// <summary>Connects and listens over WebSocket.</summary>
public static class WebSocketBuilderExtensions
{
    /// <summary>Connects over WebSocket.</summary>
    /// <typeparam name="TBuilder">The builder's own type.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="url">The address, <c>ws://host:port/path</c> or <c>wss://host/path</c>.</param>
    /// <param name="configure">Sets headers, credentials and trust; null for the defaults.</param>
    public static TBuilder UseWebSocket<TBuilder>(this TBuilder builder, string url, Action<WebSocketOptions>? configure = null)
        where TBuilder : ISmpiBuilder => Set(builder, url, configure, listen: false);

    /// <summary>Sets headers, credentials and trust for a WebSocket whose address comes from <c>UseAddress</c>, <c>ListenOn</c> or configuration.</summary>
    /// <remarks>After <see cref="UseWebSocket{TBuilder}(TBuilder, string, Action{WebSocketOptions}?)"/> it changes the options that were given there.</remarks>
    /// <typeparam name="TBuilder">The builder's own type.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Sets the options.</param>
    public static TBuilder UseWebSocket<TBuilder>(this TBuilder builder, Action<WebSocketOptions> configure)
        where TBuilder : ISmpiBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        ChannelParts parts = builder.Settings<ChannelParts>();
        var before = parts.Protocol as WebSocketProtocol;
        WebSocketOptions options = before?.Options.Clone() ?? new WebSocketOptions();
        configure(options);
        parts.Protocol = new WebSocketProtocol(options, before?.Known);
        return builder;
    }

    /// <summary>Listens on a WebSocket address without a web framework.</summary>
    /// <typeparam name="TBuilder">The builder's own type.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="url">The address, such as <c>ws://127.0.0.1:0/smpi</c>.</param>
    /// <param name="configure">Sets origins and the certificate; null for the defaults.</param>
    public static TBuilder ListenWebSocket<TBuilder>(this TBuilder builder, string url, Action<WebSocketOptions>? configure = null)
        where TBuilder : ISmpiBuilder => Set(builder, url, configure, listen: true);

    /// <summary>Makes the tokens <c>ws</c> and <c>wss</c> known to addresses and configuration.</summary>
    /// <typeparam name="TRegistry">The registry's own type.</typeparam>
    /// <param name="registry">The registry.</param>
    public static TRegistry AddWebSocket<TRegistry>(this TRegistry registry)
        where TRegistry : IProviderRegistry
    {
        ArgumentNullException.ThrowIfNull(registry);
        foreach (string token in (string[])["ws", "wss"])
        {
            registry.Register(new ProtocolEntry(token, "Smpi.Providers.WebSocket", AddressOptions.Make));
        }

        return registry;
    }

    private static TBuilder Set<TBuilder>(TBuilder builder, string url, Action<WebSocketOptions>? configure, bool listen)
        where TBuilder : ISmpiBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        var options = new WebSocketOptions();
        configure?.Invoke(options);
        ChannelParts parts = builder.Settings<ChannelParts>();
        (parts.Protocol, parts.Listen) = (new WebSocketProtocol(url, options), listen);
        return builder;
    }
}
