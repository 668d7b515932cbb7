using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Smpi;

/// <summary>Maps a server of Smpi to a path.</summary>
public static class SmpiEndpointExtensions
{
    /// <summary>Upgrades requests to a path to WebSocket and hands them to the server of <c>AddSmpi().ListenAspNetCore()</c>.</summary>
    /// <remarks>A request stays open until its connection ends. Only the origins that are listed are accepted, and requests without one.</remarks>
    /// <param name="endpoints">The application.</param>
    /// <param name="pattern">The path, such as <c>/smpi</c>.</param>
    /// <param name="configure">Sets origins and keep-alive; null for the defaults.</param>
    /// <exception cref="SmpiConfigurationException">No server was added with <c>ListenAspNetCore</c>.</exception>
    public static IEndpointConventionBuilder MapSmpi(
        this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern, Action<WebSocketOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        EndpointProtocol protocol = endpoints.ServiceProvider.GetService<EndpointProtocol>()
            ?? throw new SmpiConfigurationException("MapSmpi found no server: add one with services.AddSmpi().ListenAspNetCore().");
        var options = new WebSocketOptions();
        configure?.Invoke(options);
        IApplicationBuilder pipeline = endpoints.CreateApplicationBuilder();
        pipeline.UseWebSockets(new Microsoft.AspNetCore.Builder.WebSocketOptions { KeepAliveInterval = options.KeepAliveInterval, KeepAliveTimeout = options.KeepAliveTimeout });
        pipeline.Run(context => EndpointRequest.RunAsync(context, protocol, options));
        Drain(endpoints.ServiceProvider, protocol);
        var mapped = new MappedEndpoint(endpoints, pattern, endpoints.Map(pattern, pipeline.Build()));
        protocol.Map(mapped);
        return mapped;
    }

    // The web server stops before the hosted services and waits for its requests, which last as long as their connections.
    private static void Drain(IServiceProvider services, EndpointProtocol protocol) =>
        services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(() =>
        {
            ISmpiServer server = protocol.ServerName.Length == 0 ? services.GetRequiredService<ISmpiServer>() : services.GetRequiredKeyedService<ISmpiServer>(protocol.ServerName);
            _ = server.DrainAsync(CancellationToken.None).AsTask();
        });
}
