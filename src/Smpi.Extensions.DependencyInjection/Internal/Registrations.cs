using Microsoft.Extensions.DependencyInjection;

namespace Smpi;

/// <summary>Everything that was added to one collection of services.</summary>
internal sealed class Registrations
{
    public SmpiProviders Providers { get; } = new();

    public Dictionary<string, ServiceBuilder> Builders { get; } = new(StringComparer.Ordinal);

    /// <summary>The network that replaces every protocol in tests; null otherwise.</summary>
    public MemoryNetwork? Memory { get; set; }

    /// <summary>Takes what a protocol needs of the whole process, such as standard output, before anybody else uses it.</summary>
    /// <remarks>What is wrong with a channel is said when the host starts, as of every other channel.</remarks>
    public void Reserve()
    {
        if (Memory is not null) return;
        foreach (ServiceBuilder builder in Builders.Values)
        {
            try
            {
                builder.ReadConfiguration();
                (builder.Inner.FindProtocol() as IReservingProtocol)?.Reserve();
            }
            catch (SmpiConfigurationException)
            {
                // Thrown again, with the channel's name, by whoever makes the channel.
            }
        }
    }

    public static Registrations Of(IServiceCollection services)
    {
        if (services.FirstOrDefault(service => service.ServiceType == typeof(Registrations))?.ImplementationInstance is Registrations known) return known;
        var registrations = new Registrations();
        services.AddRuntime(registrations);
        return registrations;
    }
}
