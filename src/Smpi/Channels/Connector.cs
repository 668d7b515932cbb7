namespace Smpi;

/// <summary>Makes the connections of a channel, one after the other, with a growing and partly random wait in between.</summary>
internal sealed class Connector(ConnectingChannel channel, ChannelPlan plan)
{
    private readonly Dictionary<string, CodecSet> _codecs = new(StringComparer.Ordinal);
    private readonly ConnectionOptions _options = Options(plan, channel.Diagnostics);

    public static ConnectionOptions Options(ChannelPlan plan, ChannelDiagnostics diagnostics) => new()
    {
        Format = plan.Format,
        Limits = plan.Limits,
        TimeProvider = plan.TimeProvider,
        Encodings = [.. plan.Encodings.Select(encoding => encoding.Name)],
        Notes = UserCode.Guard(diagnostics, nameof(ChannelOptions.Notes), plan.Options.Notes),
        ContentType = plan.Encodings.Count == 1 ? plan.Encodings[0].ContentType : null,
    };

    public static CodecSet Codecs(ChannelPlan plan, IConnection connection, Dictionary<string, CodecSet> known)
    {
        string name = connection.Info.Encoding ?? plan.Encodings[0].Name;
        lock (known)
        {
            if (known.TryGetValue(name, out CodecSet? codecs)) return codecs;
            return known[name] = new CodecSet(plan.Encodings.First(encoding => encoding.Name == name));
        }
    }

    public async Task RunAsync(CancellationToken ct)
    {
        ReconnectOptions reconnect = plan.Options.Reconnect;
        int failures = 0;
        while (!ct.IsCancellationRequested)
        {
            channel.BeginAttempt();
            try
            {
                Link link = await ConnectAsync(ct).ConfigureAwait(false);
                failures = 0;
                channel.Publish(link);
                await link.Ended.WaitAsync(ct).ConfigureAwait(false);
                if (!reconnect.Enabled)
                {
                    channel.GiveUp(link.Closed);
                    return;
                }
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                failures++;
                if (error is SmpiConfigurationException || !reconnect.Enabled || failures >= (reconnect.MaxAttempts ?? int.MaxValue))
                {
                    channel.GiveUp(error);
                    return;
                }

                channel.FailAttempt(error);
                if (!await WaitAsync(reconnect, failures, ct).ConfigureAwait(false)) return;
            }
        }
    }

    private async ValueTask<Link> ConnectAsync(CancellationToken ct)
    {
        IConnection? connection = null;
        try
        {
            connection = await plan.Protocol.ConnectAsync(_options, ct).ConfigureAwait(false);
            foreach (Func<IConnection, IConnection> layer in plan.Layers) connection = layer(connection);
            return new Link(channel, connection, Codecs(plan, connection, _codecs), plan);
        }
        catch (Exception error)
        {
            if (connection is not null)
            {
                await UserCode.DisposeAsync(connection, channel.Diagnostics, nameof(connection.DisposeAsync)).ConfigureAwait(false);
            }

            if (error is SmpiException || (error is OperationCanceledException && ct.IsCancellationRequested)) throw;

            // Protocols and layers of the user may throw anything: callers are promised exceptions of this library.
            channel.Diagnostics.Report(nameof(ConnectAsync), error);
            var reason = new CloseReason(ErrorCode.Unavailable, $"{plan.Address} could not be connected to: {error.Message}", ClosedBy.Local);
            throw new ChannelClosedException(reason, error);
        }
    }

    private async ValueTask<bool> WaitAsync(ReconnectOptions reconnect, int failures, CancellationToken ct)
    {
        double wait = Math.Min(reconnect.MaxDelay.TotalMilliseconds, reconnect.FirstDelay.TotalMilliseconds * Math.Pow(reconnect.Factor, failures - 1));
        wait *= 1 - (Math.Clamp(reconnect.Jitter, 0, 1) * plan.Random.NextDouble());
        try
        {
            await Task.Delay(TimeSpan.FromMilliseconds(wait), plan.TimeProvider, ct).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
