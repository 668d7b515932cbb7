using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Smpi;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds channels and servers of Smpi to services.</summary>
public static class SmpiServiceCollectionExtensions
{
    /// <summary>Adds the default channel, or goes on with it.</summary>
    /// <param name="services">The services.</param>
    public static ISmpiServiceBuilder AddSmpi(this IServiceCollection services) => AddSmpi(services, "");

    /// <summary>Adds a keyed channel, or goes on with it.</summary>
    /// <param name="services">The services.</param>
    /// <param name="name">The name: the key of the services <see cref="ISmpiChannel"/> and <see cref="ISmpiServer"/>. Empty for the default channel.</param>
    public static ISmpiServiceBuilder AddSmpi(this IServiceCollection services, string name)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(name);
        Registrations registrations = Registrations.Of(services);
        if (registrations.Builders.TryGetValue(name, out ServiceBuilder? known)) return known;
        var builder = new ServiceBuilder(services, name, registrations);
        registrations.Builders.Add(name, builder);
        if (name.Length == 0)
        {
            services.TryAddTransient<ISmpiChannel>(static provider => provider.GetRequiredService<Runtime>().Channel("", provider));
            services.TryAddSingleton<ISmpiServer>(static provider => provider.GetRequiredService<Runtime>().Server(""));
        }
        else
        {
            services.AddKeyedTransient<ISmpiChannel>(name, static (provider, key) => provider.GetRequiredService<Runtime>().Channel((string)key!, provider));
            services.AddKeyedSingleton<ISmpiServer>(name, static (provider, key) => provider.GetRequiredService<Runtime>().Server((string)key!));
        }

        return builder;
    }

    /// <summary>Adds the channels and servers of a configuration section: <c>Address</c> or <c>Listen</c> for the default one, <c>Channels:name:...</c> for keyed ones.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configuration">The section. What names it may use is added to the result, such as <c>AddTcp().AddJson()</c>.</param>
    /// <exception cref="SmpiConfigurationException">A key is not known, when the host starts or the channel is first used.</exception>
    public static ISmpiServiceBuilder AddSmpi(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        string where = (configuration as IConfigurationSection)?.Path ?? "Smpi";
        var builder = (ServiceBuilder)AddSmpi(services);
        builder.Configurations.Add((where, configuration));
        foreach (IConfigurationSection channel in configuration.GetSection("Channels").GetChildren())
        {
            ((ServiceBuilder)AddSmpi(services, channel.Key)).Configurations.Add((channel.Path, channel));
        }

        return builder;
    }

    /// <summary>Puts every channel and server on the in-memory protocol, for tests: what was listened on and connected to under one address meets there.</summary>
    /// <param name="services">The services, after everything was added.</param>
    /// <param name="network">Where names are looked up; null for a network of these services alone.</param>
    public static IServiceCollection SwapSmpiToMemory(this IServiceCollection services, MemoryNetwork? network = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        Registrations.Of(services).Memory = network ?? new MemoryNetwork();
        return services;
    }

    internal static void AddRuntime(this IServiceCollection services, Registrations registrations)
    {
        services.AddSingleton(registrations);
        services.AddSingleton<RootProvider>();
        services.AddSingleton<Runtime>();
        services.AddScoped<CallHolder>();
        services.AddScoped(static provider => provider.GetRequiredService<CallHolder>().Required());
        services.AddScoped(static provider => provider.GetRequiredService<CallHolder>().Required().Peer
            ?? throw new InvalidOperationException("The call came over a channel that this side connected: it has no ISmpiPeer. Use CallContext.Caller."));
        services.AddSingleton<IHostedService, HostedSmpi>();

        // Building a host makes its loggers first, and a logger keeps the console it finds: standard output has to be taken before that.
        services.Insert(0, ServiceDescriptor.Singleton<ILoggerProvider>(_ =>
        {
            registrations.Reserve();
            return NullLoggerProvider.Instance;
        }));
    }
}
