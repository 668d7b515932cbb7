using Microsoft.Extensions.DependencyInjection;

namespace Smpi;

/// <summary>Composes one channel or server that becomes a service.</summary>
public interface ISmpiServiceBuilder : ISmpiBuilder
{
    /// <summary>The name, which is the service's key; empty for the default channel.</summary>
    string Name { get; }

    /// <summary>The services.</summary>
    IServiceCollection Services { get; }
}
