using Microsoft.Extensions.DependencyInjection;

namespace Smpi;

/// <summary>Lets a server take its peers from an endpoint of ASP.NET Core.</summary>
public static class SmpiAspNetCoreServiceExtensions
{
    /// <summary>Makes this the server that <c>MapSmpi</c> hands its peers to.</summary>
    /// <param name="builder">The builder of <c>AddSmpi</c>; there can be one such server in an application.</param>
    /// <exception cref="SmpiConfigurationException">There is such a server already.</exception>
    public static ISmpiServiceBuilder ListenAspNetCore(this ISmpiServiceBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (builder.Services.Any(service => service.ServiceType == typeof(EndpointProtocol)))
        {
            throw new SmpiConfigurationException("ListenAspNetCore was called twice: one server of an application takes the peers of MapSmpi.");
        }

        var protocol = new EndpointProtocol(builder.Name);
        builder.Services.AddSingleton(protocol);
        ChannelParts parts = builder.Settings<ChannelParts>();
        (parts.Protocol, parts.Listen) = (protocol, true);
        return builder;
    }
}
