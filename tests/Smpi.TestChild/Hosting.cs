using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Smpi.TestChild;

/// <summary>A worker on the Generic Host with the host's own console logger, as the templates make it.</summary>
internal static class Hosting
{
    public static async Task RunAsync(string[] arguments)
    {
        HostApplicationBuilder builder = Host.CreateApplicationBuilder(arguments);
        builder.Logging.SetMinimumLevel(LogLevel.Trace);
        builder.Services.AddHostedService<Talker>();
        ISmpiServiceBuilder smpi = builder.Services.AddSmpi(builder.Configuration.GetSection("Smpi")).AddAll().UseJson()
            .Handle((Echo echo) => new Echoed(echo.Text, Environment.ProcessId));
        if (builder.Configuration["Smpi:Address"] is null && builder.Configuration["Smpi:Listen"] is null) smpi.UseStdio();
        using IHost host = builder.Build();
        Console.WriteLine("built");
        await host.RunAsync();
    }

    /// <summary>A service that starts before the channel and prints.</summary>
    private sealed class Talker : IHostedService
    {
        public Talker() => Console.WriteLine("made");

        public Task StartAsync(CancellationToken cancellationToken)
        {
            Console.WriteLine("started");
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
