using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;
using Smpi.Hostile;

namespace Smpi.Wire.Tests.Hostile;

[Collection(nameof(Alone))]
public sealed class HandshakeTests
{
    [Fact]
    public async Task Half_open_handshakes_do_not_keep_honest_peers_waiting()
    {
        await using Target target = await Target.StartAsync(new SmpiLimits { PendingHandshakes = 20 });
        await using (RawPeer warm = await target.GreetedAsync()) await Target.AssertAnswersAsync(warm);
        var half = new ConcurrentBag<RawPeer>();
        byte[] start = NativeFrames.Hello()[..20];
        for (int index = 0; index < 150; index++)
        {
            RawPeer peer = await target.ConnectAsync();
            half.Add(peer);
            await peer.SendAsync(start);
        }

        var slowest = TimeSpan.Zero;
        for (int round = 0; round < 10; round++)
        {
            long began = Stopwatch.GetTimestamp();
            await using RawPeer honest = await target.GreetedAsync();
            await Target.AssertAnswersAsync(honest);
            slowest = Stopwatch.GetElapsedTime(began) is var took && took > slowest ? took : slowest;
            for (int index = 0; index < 20; index++) half.Add(await target.ConnectAsync());
        }

        foreach (RawPeer peer in half) await peer.DisposeAsync();
        Assert.InRange(slowest, TimeSpan.Zero, TimeSpan.FromMilliseconds(500));
    }

    [Fact]
    public async Task The_origin_that_holds_most_loses_its_oldest()
    {
        var opened = new ConcurrentDictionary<string, TaskCompletionSource>();
        var arrivals = System.Threading.Channels.Channel.CreateUnbounded<string>();
        var notes = new ConcurrentQueue<string>();
        var options = new ConnectionOptions { Format = new NativeFormat(), Limits = new SmpiLimits { PendingHandshakes = 4 }, Notes = note => notes.Enqueue(note.Text) };
        await using var queue = new HandshakeQueue<string>(
            "test:",
            options,
            async ct => await arrivals.Reader.ReadAsync(ct),
            async (raw, ct) =>
            {
                TaskCompletionSource gone = opened.GetOrAdd(raw, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
                using CancellationTokenRegistration registration = ct.Register(() => gone.TrySetResult());
                await gone.Task;
                throw new OperationCanceledException(ct);
            },
            () => ValueTask.CompletedTask,
            raw => raw[..1]);
        foreach (string raw in (string[])["b1", "a1", "a2", "a3", "c1", "c2"]) arrivals.Writer.TryWrite(raw);
        await Ended("a1");
        await Ended("a2");
        Assert.All((string[])["b1", "a3", "c1", "c2"], raw => Assert.False(opened.GetOrAdd(raw, _ => new TaskCompletionSource()).Task.IsCompleted));
        Assert.Equal("test: has its 4 handshakes under way and gives up the oldest for new ones (Limits.PendingHandshakes).", Assert.Single(notes));

        Task Ended(string raw) =>
            opened.GetOrAdd(raw, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task.WaitAsync(Target.Patience);
    }

    [Fact]
    public async Task Accepting_goes_on_after_failures_of_accepts_handshakes_and_notes()
    {
        int accepts = 0;
        var notes = new ConcurrentQueue<string>();
        var options = new ConnectionOptions
        {
            Format = new NativeFormat(),
            Notes = note =>
            {
                notes.Enqueue(note.Text);
                throw new InvalidOperationException("The log is full.");
            },
        };
        await using var queue = new HandshakeQueue<string>(
            "test:",
            options,
            async ct =>
            {
                int turn = Interlocked.Increment(ref accepts);
                if (turn is 1 or 2) throw new SocketException((int)SocketError.TooManyOpenSockets);
                if (turn > 4) await Task.Delay(Timeout.Infinite, ct);
                return turn == 3 ? "bad" : "good";
            },
            (raw, ct) => raw == "bad" ? throw new InvalidOperationException("A callback failed.") : new ValueTask<IConnection>(new Silent()),
            () => ValueTask.CompletedTask);
        await using IConnection? connection = await queue.AcceptAsync(CancellationToken.None).AsTask().WaitAsync(Target.Patience);
        Assert.IsType<Silent>(connection);
        Assert.Equal(2, notes.Count);
        Assert.Contains(notes, text => text.StartsWith("test: could not accept a peer and tries again", StringComparison.Ordinal));
        Assert.Contains("A callback failed.", notes);
    }

    private sealed class Silent : IConnection
    {
        public ConnectionInfo Info { get; } = new() { Protocol = "test", Format = "native", Traits = FormatTraits.Full, Remote = "test:" };

        public ValueTask<bool> ReadAsync(CancellationToken cancellationToken) => new(false);

        public bool TryRead(out Message message)
        {
            message = default;
            return false;
        }

        public Written Write(in Message message, IMessageBody? body = null) => default;

        public ValueTask FlushAsync(CancellationToken cancellationToken) => default;

        public ValueTask DisposeAsync() => default;
    }
}
