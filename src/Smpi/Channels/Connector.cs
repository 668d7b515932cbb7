namespace Smpi;

/// <summary>Makes the connections of a channel, one after the other, with a growing and partly random wait in between.</summary>
internal sealed class Connector(ConnectingChannel channel, ChannelPlan plan)
{
    private readonly Dictionary<string, CodecSet> _codecs = new(StringComparer.Ordinal);
    private readonly ConnectionOptions _options = Options(plan, channel.Diagnostics) with { Session = Guid.NewGuid().ToByteArray() };
    private int _failures;
    private bool _hasStood;
    private bool _isTold;

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
        int attempts = 0;
        while (!ct.IsCancellationRequested)
        {
            channel.BeginAttempt();
            try
            {
                Link link = await ConnectAsync(ct).ConfigureAwait(false);
                attempts = 0;
                _hasStood = true;
                long since = plan.TimeProvider.GetTimestamp();
                channel.Publish(link);
                await link.Ended.WaitAsync(ct).ConfigureAwait(false);
                if (!reconnect.Enabled)
                {
                    channel.GiveUp(link.Closed, isLoss: true);
                    return;
                }

                if (!await AfterLossAsync(link, plan.TimeProvider.GetElapsedTime(since), ct).ConfigureAwait(false)) return;
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception thrown)
            {
                Exception error = Healed(thrown);
                attempts++;
                bool isFinal = error is SmpiConfigurationException { MayPass: false };
                if (isFinal || !reconnect.Enabled || attempts >= (reconnect.MaxAttempts ?? int.MaxValue))
                {
                    channel.GiveUp(error, isLoss: false);
                    return;
                }

                _failures++;
                channel.FailAttempt(error);
                if (!await WaitAsync(reconnect, _failures, ct).ConfigureAwait(false)) return;
            }
        }
    }

    // A connection that stood for a while is replaced at once; of those that end soon, only the first one in a row.
    private ValueTask<bool> AfterLossAsync(Link link, TimeSpan stood, CancellationToken ct)
    {
        ReconnectOptions reconnect = plan.Options.Reconnect;
        if (stood >= reconnect.HealthyAfter)
        {
            _failures = 0;
            _isTold = false;
            return new ValueTask<bool>(true);
        }

        int before = _failures++;
        if (before == 0) return new ValueTask<bool>(true);
        if (!_isTold)
        {
            _isTold = true;
            Tell($"{link.Connection.Info.Remote} closes each connection soon after its hello; trying again with growing waits. "
                + $"The last one ended because: {link.Closed.Reason.Text}");
        }

        // Calls that do not wait for a connection do not wait for the end of this wait either.
        channel.FailWaiting(link.Closed);
        return WaitAsync(reconnect, before, ct);
    }

    private void Tell(string text) => _options.Notes?.Invoke(new ConnectionNote("reconnect", text));

    // What a peer refuses may change: a token is renewed, a deployment ends. Before a connection has ever stood, this side is more likely set up wrongly.
    private Exception Healed(Exception error) => _hasStood && error is SmpiConfigurationException { IsRefusal: true } refused
        ? new ChannelClosedException(new CloseReason(refused.Code, refused.Message, ClosedBy.Peer), refused)
        : error;

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
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(ct);
        channel.Waits(linked);
        try
        {
            await Task.Delay(TimeSpan.FromMilliseconds(wait), plan.TimeProvider, linked.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // Somebody wants the connection now.
        }
        catch (OperationCanceledException)
        {
            return false;
        }
        finally
        {
            channel.Waits(null);
        }

        return true;
    }
}
