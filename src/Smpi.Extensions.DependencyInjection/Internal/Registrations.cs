using Microsoft.Extensions.DependencyInjection;

namespace Smpi;

/// <summary>Everything that was added to one collection of services.</summary>
internal sealed class Registrations
{
    public SmpiProviders Providers { get; } = new();

    public Dictionary<string, ServiceBuilder> Builders { get; } = new(StringComparer.Ordinal);

    /// <summary>The network that replaces every protocol in tests; null otherwise.</summary>
    public MemoryNetwork? Memory { get; set; }

    public static Registrations Of(IServiceCollection services)
    {
        if (services.FirstOrDefault(service => service.ServiceType == typeof(Registrations))?.ImplementationInstance is Registrations known) return known;
        var registrations = new Registrations();
        services.AddRuntime(registrations);
        return registrations;
    }
}
