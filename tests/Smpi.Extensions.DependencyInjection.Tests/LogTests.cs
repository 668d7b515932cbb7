using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Smpi.Extensions.DependencyInjection.Tests;

public sealed class LogTests
{
    [Theory]
    [InlineData(true, LogLevel.Warning, "A channel is not connected yet and tries again:")]
    [InlineData(false, LogLevel.Error, "A channel cannot connect and does not try again:")]
    public async Task The_log_says_of_a_failed_connect_whether_it_is_tried_again(bool retries, LogLevel level, string start)
    {
        using var lines = new Lines();
        HostApplicationBuilder builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.AddProvider(lines);
        builder.Services.AddSmpi().UseAddress("tcp://127.0.0.1:1").AddTcp().UseJson().WithReconnect(new ReconnectOptions { Enabled = retries, FirstDelay = TimeSpan.FromHours(1) });
        using IHost host = builder.Build();
        await host.StartAsync();
        await TestWait.UntilAsync(() => lines.All.Any(line => line.Text.StartsWith("A channel ", StringComparison.Ordinal)));
        (LogLevel Level, string Text) line = Assert.Single(lines.All, line => line.Text.StartsWith("A channel ", StringComparison.Ordinal));
        Assert.Equal(level, line.Level);
        Assert.StartsWith(start, line.Text, StringComparison.Ordinal);
        await host.StopAsync();
    }

    private sealed class Lines : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<(LogLevel Level, string Text)> All { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            All.Enqueue((logLevel, formatter(state, exception)));

        public bool IsEnabled(LogLevel logLevel) => true;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public void Dispose()
        {
        }
    }
}
