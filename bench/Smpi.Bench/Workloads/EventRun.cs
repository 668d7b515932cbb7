using System.Diagnostics;
using System.Globalization;

namespace Smpi.Bench;

/// <summary>Events to many subscribers, each with a connection of its own. An operation is one delivery.</summary>
internal sealed class EventRun : IRun
{
    private readonly Wire _wire;
    private readonly CommandedProcess? _far;
    private readonly int _subscribers;
    private readonly List<ISmpiChannel> _channels = [];
    private ISmpiServer? _near;
    private CountingEncoding? _counting;
    private long _wanted;
    private long _delivered;
    private TaskCompletionSource _complete = new();

    private EventRun(Wire wire, CommandedProcess? far, int subscribers) => (_wire, _far, _subscribers) = (wire, far, subscribers);

    /// <summary>Encodings for each event so far; 0 when the publisher is in the other process.</summary>
    public double EncodingsPerEvent => _counting is null || Published == 0 ? 0 : (double)_counting.Encoded / Published;

    public long Published { get; private set; }

    public static async Task<EventRun> OpenAsync(Bench bench, Wire wire, int subscribers)
    {
        wire = wire with { Tag = $"events{subscribers.ToString(CultureInfo.InvariantCulture)}" };
        bool inProcess = Dimensions.Protocol(wire.Protocol).InProcess;
        var run = new EventRun(wire, inProcess ? null : bench.Server, subscribers);
        string address;
        if (inProcess)
        {
            run._counting = new CountingEncoding(Dimensions.Encodings[wire.Encoding]());
            run._near = await Host.ListenAsync(wire, run._counting);
            address = run._near.Address;
        }
        else
        {
            address = await bench.Server.AskAsync($"open {wire}");
        }

        for (int number = 0; number < subscribers; number++)
        {
            ISmpiChannel channel = await Host.ConnectAsync(wire, address);
            channel.Subscribe<Tick>("tick", run.Take, null);
            run._channels.Add(channel);
        }

        while (await run.PeersAsync() < subscribers) await Task.Yield();
        return run;
    }

    public async Task<long> RunAsync(TimeSpan time, Latency latency)
    {
        long end = Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency);
        int burst = Math.Clamp(20_000 / _subscribers, 10, 2_000);
        long count = 0;
        for (long start = Stopwatch.GetTimestamp(); start < end;)
        {
            count += await BurstAsync(burst);
            long now = Stopwatch.GetTimestamp();
            latency.Record(now - start);
            start = now;
        }

        return count;
    }

    /// <summary>Publishes and waits until every subscriber has it.</summary>
    public async Task<long> BurstAsync(int events)
    {
        Interlocked.Exchange(ref _delivered, 0);
        _complete = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _wanted, (long)events * _subscribers);
        if (_near is not null) await Burst.PublishAsync(_near.Peers, events);
        else await _far!.AskAsync($"burst {events.ToString(CultureInfo.InvariantCulture)} {_wire}");
        await _complete.Task.WaitAsync(TimeSpan.FromSeconds(60));
        Published += events;
        return (long)events * _subscribers;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (ISmpiChannel channel in _channels) await channel.DisposeAsync();
        if (_near is not null) await _near.DisposeAsync();
        else await _far!.AskAsync($"close {_wire}");
    }

    private ValueTask Take(Tick tick, CancellationToken ct)
    {
        if (Interlocked.Increment(ref _delivered) == Volatile.Read(ref _wanted)) _complete.TrySetResult();
        return default;
    }

    private async Task<int> PeersAsync() =>
        _near?.Peers.Count ?? int.Parse(await _far!.AskAsync($"peers {_wire}"), CultureInfo.InvariantCulture);
}
