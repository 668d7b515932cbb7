using System.Collections.Concurrent;

namespace Smpi.ThrowingChild;

/// <summary>A server and a channel to it over a real socket, in which user code throws at one place.</summary>
public sealed class Stage : IAsyncDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);
    private readonly ConcurrentQueue<string> _reports = new();
    private readonly TaskCompletionSource<ISmpiPeer> _peer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Place _place;
    private readonly bool _reportThrows;
    private IDisposable? _owned;
    private int _thrown;

    private Stage(Place place, bool reportThrows)
    {
        _place = place;
        _reportThrows = reportThrows;
        Server = SmpiServer.Create(builder =>
        {
            Compose(builder, new TcpProtocol("127.0.0.1", 0));
            builder.Settings<ChannelParts>().Listen = true;
            builder.OnPeer(peer => _peer.TrySetResult(peer));
            builder.Handle((Ping ping) => new Pong(ping.Number));
            place.Server?.Invoke(builder, this);
        });
        Channel = null!;
    }

    public ISmpiServer Server { get; }

    public ISmpiChannel Channel { get; private set; }

    public Task<ISmpiPeer> Peer => _peer.Task.WaitAsync(Soon);

    /// <summary>Set by a handler that has begun.</summary>
    public TaskCompletionSource Begun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Says that the call is awaited, so that it may be answered.</summary>
    public TaskCompletionSource Ready { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Throws at the place in question; once, where others come by too.</summary>
    public void ThrowOnce()
    {
        if (Interlocked.Exchange(ref _thrown, 1) == 0) throw new Boom();
    }

    /// <summary>Throws in one place, and returns what went wrong afterwards; null when all is well.</summary>
    public static async Task<string?> RunAsync(Place place, bool reportThrows)
    {
        await using var stage = new Stage(place, reportThrows);
        await stage.Server.ListenAsync();
        stage.Channel = stage.Connect(place.Client);
        await place.Act(stage).WaitAsync(Soon);
        string[] expected = place.Reported is { } name ? [name] : [];
        if (!await UntilAsync(() => stage._reports.Count >= expected.Length)) return "It was reported nowhere.";
        if (!place.ClosesChannel) await PingAsync(stage.Channel);
        await using (ISmpiChannel later = stage.Connect(null)) await PingAsync(later);
        return stage._reports.SequenceEqual(expected) ? null : $"Reported: {string.Join(", ", stage._reports)}; expected: {string.Join(", ", expected)}.";
    }

    public static async Task<bool> UntilAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(Soon);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        try
        {
            while (!condition()) await tick.WaitForNextTickAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            return condition();
        }

        return true;
    }

    public ISmpiChannel Connect(Action<SmpiBuilder, Stage>? client) => SmpiChannel.Create(builder =>
    {
        Compose(builder, new TcpProtocol("127.0.0.1", new Uri(Server.Address).Port));
        client?.Invoke(builder, this);
    });

    /// <summary>Disposes something at the end.</summary>
    public T Own<T>(T disposable)
        where T : IDisposable
    {
        _owned = disposable;
        return disposable;
    }

    public async ValueTask DisposeAsync()
    {
        _owned?.Dispose();
        await Channel.DisposeAsync();
        await Server.DisposeAsync();
    }

    private static async Task PingAsync(ISmpiChannel channel)
    {
        Pong pong = await channel.RequestAsync(new Ping(7), new CallOptions { WaitForConnection = true }).AsTask().WaitAsync(Soon);
        if (pong.Number != 7) throw new InvalidOperationException("The answer is wrong.");
    }

    private void Compose(SmpiBuilder builder, IProtocol protocol)
    {
        ChannelParts parts = builder.Settings<ChannelParts>();
        parts.Protocol = protocol;
        parts.Format = new NativeFormat();
        parts.Encodings.Add(new PlainJson());
        ChannelOptions options = builder.Settings<ChannelOptions>();
        if (_reportThrows) options.Errors += (_, _) => throw new InvalidOperationException("The report fails too.");
        options.Errors += (name, error) => Report(name, error);
    }

    private void Report(string name, Exception error)
    {
        Exception cause = error;
        while (cause is not Boom && cause.InnerException is { } inner) cause = inner;
        if (cause is Boom) _reports.Enqueue(name);
        else if (!_place.OthersMayFail) _reports.Enqueue($"{name}: {error}");
    }
}
