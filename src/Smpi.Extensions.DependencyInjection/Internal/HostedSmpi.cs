using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Smpi;

/// <summary>Checks everything at start, listens, and begins to connect; drains and closes at stop.</summary>
internal sealed class HostedSmpi : IHostedService
{
    private readonly Runtime _runtime;
    private readonly ILoggerFactory? _loggers;
    private IReadOnlyList<ISmpiServer> _servers = [];

    public HostedSmpi(Registrations registrations, Runtime runtime, ILoggerFactory? loggers = null)
    {
        // All services of a host are made before the first one starts, and before the host says that it has started.
        registrations.Reserve();
        _runtime = runtime;
        _loggers = loggers;
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        (_servers, IReadOnlyList<ISmpiChannel> channels) = _runtime.MakeAll();
        foreach (ISmpiServer server in _servers)
        {
            await server.ListenAsync(cancellationToken).ConfigureAwait(false);
            Logs.Tell(_loggers, logger => logger.LogInformation("Listening on {Address}.", server.Address));
        }

        foreach (ISmpiChannel channel in channels) _ = ConnectAsync(channel);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAll(_servers.Select(server => server.DrainAsync(cancellationToken).AsTask())).ConfigureAwait(false);
        await _runtime.DisposeAsync().ConfigureAwait(false);
    }

    // A peer that is not there yet does not stop the host: the channel goes on trying.
    private async Task ConnectAsync(ISmpiChannel channel)
    {
        try
        {
            await channel.ConnectAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (SmpiException error)
        {
            bool isFinal = channel.Status.State == ChannelState.Closed;
            Logs.Tell(_loggers, logger =>
            {
                if (isFinal) logger.LogError("A channel cannot connect and does not try again: {Reason}", error.Message);
                else logger.LogWarning("A channel is not connected yet and tries again: {Reason}", error.Message);
            });
        }
    }
}
