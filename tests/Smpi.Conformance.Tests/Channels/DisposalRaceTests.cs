namespace Smpi.Conformance.Tests;

public sealed class DisposalRaceTests
{
    [Fact]
    public async Task A_connection_that_comes_while_the_channel_is_disposed_is_closed()
    {
        var network = new MemoryNetwork();
        await using ISmpiServer server = SmpiServer.Create(builder => builder.ListenMemory("late", network).UseJson());
        await server.ListenAsync();
        for (int turn = 0; turn < 20; turn++)
        {
            var protocol = new LateProtocol(new MemoryProtocol("late", network));
            ISmpiChannel channel = SmpiChannel.Create(builder => builder.UseProtocol(protocol).UseJson());
            Task connecting = channel.ConnectAsync().AsTask();
            await protocol.Dialled.WaitAsync(TimeSpan.FromSeconds(30));
            await channel.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));
            await Record.ExceptionAsync(() => connecting.WaitAsync(TimeSpan.FromSeconds(30)));
            Assert.Equal(ChannelState.Closed, channel.Status.State);
            Assert.NotNull(protocol.Made!.Info.Closed);
        }
    }

    /// <summary>Has its connection only when nobody waits for it any more.</summary>
    private sealed class LateProtocol(IProtocol inner) : IProtocol
    {
        private readonly TaskCompletionSource _dialled = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Dialled => _dialled.Task;

        public IConnection? Made { get; private set; }

        public string Name => inner.Name;

        public async ValueTask<IConnection> ConnectAsync(ConnectionOptions options, CancellationToken cancellationToken)
        {
            var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await using CancellationTokenRegistration registration = cancellationToken.Register(() => cancelled.TrySetResult());
            Made = await inner.ConnectAsync(options, CancellationToken.None);
            _dialled.TrySetResult();
            await cancelled.Task;
            for (int turn = 0; turn < 100; turn++) await Task.Yield();
            return Made;
        }
    }
}
