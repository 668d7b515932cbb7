using System.Net.WebSockets;

namespace Smpi.Providers.WebSocket.Tests;

public sealed class SlowReaderTests
{
    [Fact]
    public async Task A_peer_that_never_reads_costs_a_bounded_buffer_and_nobody_else()
    {
        await using ISmpiServer server = await Endpoint.ListenAsync();
        await using ISmpiChannel reader = Endpoint.Connect(server.Address);
        var last = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using ISubscription subscription = reader.On<Noise>(noise =>
        {
            if (noise.Number == 1999) last.TrySetResult();
        });
        Assert.Equal(3, await reader.RequestAsync(new Add(1, 2)).AsTask().WaitAsync(Endpoint.Soon));

        // Its hello is there, and then it takes nothing.
        using ClientWebSocket silent = await Endpoint.RawAsync(server.Address);
        byte[] hello = Vectors.Read("hello");
        await silent.SendAsync(hello, WebSocketMessageType.Binary, true, CancellationToken.None);
        await TestWait.UntilAsync(() => server.Peers.Count == 2, Endpoint.Soon);
        // One hundred megabytes pass by.
        string text = new('x', 50_000);
        long before = GC.GetTotalMemory(true);
        for (int sent = 0; sent < 2000; sent++) await server.Peers.PublishAsync(new Noise(sent, text)).AsTask().WaitAsync(Endpoint.Soon);
        await last.Task.WaitAsync(Endpoint.Soon);
        Assert.InRange(GC.GetTotalMemory(true) - before, long.MinValue, 64 * 1024 * 1024);
        Assert.Equal(3, await reader.RequestAsync(new Add(1, 2)).AsTask().WaitAsync(Endpoint.Soon));
    }

    internal sealed record Noise(int Number, string Text) : IEvent;
}
