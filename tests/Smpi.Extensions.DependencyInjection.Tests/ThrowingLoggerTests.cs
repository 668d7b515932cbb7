using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Smpi.Extensions.DependencyInjection.Tests;

public sealed class ThrowingLoggerTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_logger_that_throws_keeps_neither_the_host_from_starting_nor_calls_from_being_answered()
    {
        var told = new ConcurrentQueue<string>();
        using IHost server = Make(services => services.AddSmpi().ListenOn("tcp://127.0.0.1:0").AddTcp().UseJson()
            .WithOptions(options => options.Errors += (subject, _) => told.Enqueue(subject))
            .Handle((Add add) => add.Left < 0 ? throw new InvalidOperationException("No such number.") : add.Left + add.Right));
        await server.StartAsync();
        using IHost client = Make(services => services.AddSmpi().UseAddress(server.Services.GetRequiredService<ISmpiServer>().Address).AddTcp().UseJson()
            .WithOptions(options => options.Errors += (subject, _) => told.Enqueue(subject)));
        await client.StartAsync();
        ISmpiChannel channel = client.Services.GetRequiredService<ISmpiChannel>();
        await Assert.ThrowsAsync<RemoteException>(() => channel.RequestAsync(new Add(-1, 1)).AsTask().WaitAsync(Soon));
        Assert.Equal(3, await channel.RequestAsync(new Add(1, 2)).AsTask().WaitAsync(Soon));
        await client.StopAsync();
        await server.StopAsync();

        // The failure of the handler, and those of the logger itself when the channel changed its state.
        Assert.Single(told, subject => subject == "add");
        Assert.Contains("StateChanged", told);
    }

    private static IHost Make(Action<IServiceCollection> configure)
    {
        HostApplicationBuilder builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.SetMinimumLevel(LogLevel.Trace);
        builder.Services.AddSingleton<ILoggerProvider, ThrowingLoggers>();
        configure(builder.Services);
        return builder.Build();
    }

    private sealed class ThrowingLoggers : ILoggerProvider, ILogger
    {
        private bool _throws;

        // Everything else in the process may log.
        public ILogger CreateLogger(string categoryName) =>
            categoryName.StartsWith("Smpi", StringComparison.Ordinal) ? new ThrowingLoggers { _throws = true } : this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => _throws;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (_throws) throw new InvalidOperationException("The disk is full.");
        }

        public void Dispose()
        {
        }
    }
}
