using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Smpi.Conformance.Tests;

/// <summary>An application of ASP.NET Core whose endpoint hands its connections to the server under test.</summary>
internal sealed class WebApp : IAsyncDisposable
{
    private readonly WebApplication _app;

    private WebApp(WebApplication app, IServerProtocol endpoint) => (_app, Endpoint) = (app, endpoint);

    public IServerProtocol Endpoint { get; }

    public string Address => _app.Urls.First().Replace("http:", "ws:", StringComparison.Ordinal) + "/smpi";

    public static async Task<WebApp> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        ISmpiServiceBuilder smpi = builder.Services.AddSmpi().ListenAspNetCore().UseJson();
        WebApplication app = builder.Build();
        app.MapSmpi("/smpi");
        await app.StartAsync().WaitAsync(TimeSpan.FromSeconds(30));
        return new WebApp(app, (IServerProtocol)smpi.Settings<ChannelParts>().Protocol!);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync().WaitAsync(TimeSpan.FromSeconds(30));
        await _app.DisposeAsync();
    }
}
