using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Smpi;

/// <summary>Makes the channels and servers, once each, when they are first needed.</summary>
internal sealed class Runtime(Registrations registrations, RootProvider root, IServiceScopeFactory scopes, ILoggerFactory? loggers = null) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, ISmpiChannel> _channels = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ISmpiServer> _servers = new(StringComparer.Ordinal);
    private bool _disposed;

    /// <summary>A channel as a scope sees it: inside a call it carries the call's deadline.</summary>
    public ISmpiChannel Channel(string name, IServiceProvider provider)
    {
        ISmpiChannel channel = Channel(name);
        CallContext? call = root.Is(provider) ? null : provider.GetRequiredService<CallHolder>().Context;
        return call is null ? channel.Shared() : channel.ForCall(call);
    }

    public ISmpiServer Server(string name)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, typeof(ISmpiServer));
            if (_servers.TryGetValue(name, out ISmpiServer? server)) return server;
            SmpiBuilder builder = Prepare(name);
            if (!builder.Settings<ChannelParts>().Listen)
            {
                throw new SmpiConfigurationException($"{Whose(name)} connects and does not listen: there is no ISmpiServer for it. Use a ListenX method, or 'Listen' instead of 'Address'.");
            }

            return _servers[name] = builder.BuildServer();
        }
    }

    /// <summary>Makes everything that was added, so that what is wrong is said at start.</summary>
    public (IReadOnlyList<ISmpiServer> Servers, IReadOnlyList<ISmpiChannel> Channels) MakeAll()
    {
        foreach ((string name, ServiceBuilder builder) in registrations.Builders)
        {
            builder.ReadConfiguration();
            if (name.Length == 0 && !builder.IsUsed() && registrations.Builders.Count > 1) continue;
            if (builder.Settings<ChannelParts>().Listen) Server(name);
            else Channel(name);
        }

        lock (_gate) return ([.. _servers.Values], [.. _channels.Values]);
    }

    public async ValueTask DisposeAsync()
    {
        ISmpiChannel[] channels;
        ISmpiServer[] servers;
        lock (_gate)
        {
            if (_disposed) return;
            _disposed = true;
            channels = [.. _channels.Values];
            servers = [.. _servers.Values];
        }

        foreach (ISmpiServer server in servers) await server.DisposeAsync().ConfigureAwait(false);
        foreach (ISmpiChannel channel in channels) await channel.DisposeAsync().ConfigureAwait(false);
    }

    private static string Whose(string name) => name.Length == 0 ? "The default channel" : $"The channel '{name}'";

    private ISmpiChannel Channel(string name)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, typeof(ISmpiChannel));
            if (_channels.TryGetValue(name, out ISmpiChannel? channel)) return channel;
            SmpiBuilder builder = Prepare(name);
            if (builder.Settings<ChannelParts>().Listen)
            {
                throw new SmpiConfigurationException($"{Whose(name)} listens: take its ISmpiServer, and inside a call the ISmpiPeer or CallContext.Caller.");
            }

            return _channels[name] = builder.BuildChannel();
        }
    }

    private SmpiBuilder Prepare(string name)
    {
        ServiceBuilder builder = registrations.Builders[name];
        builder.ReadConfiguration();
        builder.Settings<HandlerSettings>().Scopes ??= new CallScopes(scopes);
        if (registrations.Memory is { } network) builder.Settings<ChannelParts>().Replacement = description => new MemoryProtocol(description, network);
        if (loggers is not null) Logs.Attach(builder.Settings<ChannelOptions>(), loggers.CreateLogger(name.Length == 0 ? "Smpi" : $"Smpi.{name}"));
        return builder.Inner;
    }
}
