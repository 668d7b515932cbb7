namespace Smpi;

/// <summary>Adds stdio to builders and registries.</summary>
public static class StdioBuilderExtensions
{
    /// <summary>Talks to the host of this process over its own standard streams.</summary>
    /// <typeparam name="TBuilder">The builder, inferred.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="options">How the streams are used; null for the defaults.</param>
    public static TBuilder UseStdio<TBuilder>(this TBuilder builder, StdioOptions? options = null)
        where TBuilder : ISmpiBuilder => Use(builder, new StdioProtocol(options));

    /// <summary>Starts a child process and talks to it over its standard streams.</summary>
    /// <typeparam name="TBuilder">The builder, inferred.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="fileName">The program: a path, or a name that is looked up in PATH.</param>
    /// <param name="arguments">Its arguments, one string each.</param>
    public static TBuilder UseChildProcess<TBuilder>(this TBuilder builder, string fileName, params string[] arguments)
        where TBuilder : ISmpiBuilder => UseChildProcess(builder, new ChildProcessOptions { FileName = fileName, Arguments = arguments });

    /// <summary>Starts a child process and talks to it over its standard streams.</summary>
    /// <typeparam name="TBuilder">The builder, inferred.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="options">What to start, and how to end it.</param>
    public static TBuilder UseChildProcess<TBuilder>(this TBuilder builder, ChildProcessOptions options)
        where TBuilder : ISmpiBuilder => Use(builder, new ChildProcessProtocol(options));

    /// <summary>Registers the token <c>stdio</c> for addresses and configuration.</summary>
    /// <typeparam name="TRegistry">The registry, inferred.</typeparam>
    /// <param name="registry">The registry.</param>
    public static TRegistry AddStdio<TRegistry>(this TRegistry registry)
        where TRegistry : IProviderRegistry
    {
        registry.Register(new ProtocolEntry("stdio", "Smpi.Providers.Stdio", StdioAddress.Create));
        return registry;
    }

    private static TBuilder Use<TBuilder>(TBuilder builder, IProtocol protocol)
        where TBuilder : ISmpiBuilder
    {
        ChannelParts parts = builder.Settings<ChannelParts>();
        parts.Protocol = protocol;
        parts.Listen = false;
        return builder;
    }
}
