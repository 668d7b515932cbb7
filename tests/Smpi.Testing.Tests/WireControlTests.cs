namespace Smpi.Tests;

public sealed class WireControlTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly CloseReason Crash = new(ErrorCode.Unavailable, "Lightning.", ClosedBy.Transport);

    private readonly FakeClock _clock = new();
    private readonly WireControl _wire;
    private readonly IConnection _near;
    private readonly IConnection _far;

    public WireControlTests()
    {
        var options = new ConnectionOptions { Format = new NoFormat() };
        (IConnection dialler, _far) = MemoryProtocol.CreatePair(options, options);
        _wire = new WireControl(_clock);
        _near = _wire.Layer(dialler);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _near.DisposeAsync();
        await _far.DisposeAsync();
    }

    [Fact]
    public async Task Without_faults_everything_passes()
    {
        await SendAsync(_near, 1);
        Assert.Equal(1, await ReadAsync(_far));
        await SendAsync(_far, 2);
        Assert.Equal(2, await ReadAsync(_near));
        Assert.Equal(1, _wire.Open);
        await _near.DisposeAsync();
        Assert.Equal(0, _wire.Open);
        Assert.False(await _far.ReadAsync(default).AsTask().WaitAsync(Patience));
    }

    [Fact]
    public async Task A_cut_ends_both_sides_with_its_reason()
    {
        Task near = _near.ReadAsync(default).AsTask();
        Task far = _far.ReadAsync(default).AsTask();
        _wire.Cut(Crash);
        foreach (Task read in new[] { near, far })
        {
            Assert.Equal(Crash, (await Assert.ThrowsAsync<ChannelClosedException>(() => read.WaitAsync(Patience))).Reason);
        }

        Assert.Equal(Crash, (await Assert.ThrowsAsync<ChannelClosedException>(() => SendAsync(_near, 1))).Reason);
        Assert.Equal(Crash, _near.Info.Closed);
        Assert.Equal(0, _wire.Open);
    }

    [Fact]
    public async Task A_stalled_flush_waits_until_the_wire_resumes()
    {
        _wire.Stall(WireDirection.Outgoing);
        Task send = SendAsync(_near, 1);
        await SendAsync(_far, 2);
        Assert.Equal(2, await ReadAsync(_near));
        Assert.False(send.IsCompleted);
        _wire.Resume();
        await send;
        Assert.Equal(1, await ReadAsync(_far));
    }

    [Fact]
    public async Task A_stalled_read_waits_until_the_wire_resumes()
    {
        _wire.Stall(WireDirection.Incoming);
        Task<long> read = ReadAsync(_near);
        await SendAsync(_far, 1);
        await SendAsync(_near, 2);
        Assert.Equal(2, await ReadAsync(_far));
        Assert.False(read.IsCompleted);
        _wire.Resume();
        Assert.Equal(1, await read);
    }

    [Fact]
    public async Task A_cut_ends_what_is_stalled()
    {
        _wire.Stall();
        Task flush = SendAsync(_near, 1);
        Task read = _near.ReadAsync(default).AsTask();
        await SendAsync(_far, 2);
        _wire.Cut(Crash);
        Assert.Equal(Crash, (await Assert.ThrowsAsync<ChannelClosedException>(() => flush.WaitAsync(Patience))).Reason);
        Assert.Equal(Crash, (await Assert.ThrowsAsync<ChannelClosedException>(() => read.WaitAsync(Patience))).Reason);
    }

    [Fact]
    public async Task Disposal_ends_what_is_stalled()
    {
        _wire.Stall();
        Task flush = SendAsync(_near, 1);
        await SendAsync(_far, 2);
        Task read = _near.ReadAsync(default).AsTask();
        await _near.DisposeAsync();
        Assert.Equal(ClosedBy.Local, (await Assert.ThrowsAsync<ChannelClosedException>(() => flush.WaitAsync(Patience))).Reason.By);
        Assert.Equal(ClosedBy.Local, (await Assert.ThrowsAsync<ChannelClosedException>(() => read.WaitAsync(Patience))).Reason.By);
    }

    [Fact]
    public async Task Latency_follows_the_clock()
    {
        _wire.Latency = TimeSpan.FromMilliseconds(80);
        await SendAsync(_far, 1);
        Task<long> read = ReadAsync(_near);
        await TestWait.UntilAsync(() => _clock.Timers == 1);
        _clock.Advance(TimeSpan.FromMilliseconds(79));
        Assert.False(read.IsCompleted);
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, await read);
    }

    [Fact]
    public async Task A_wait_that_never_comes_true_names_its_condition()
    {
        bool never = false;
        var error = await Assert.ThrowsAsync<TimeoutException>(() => TestWait.UntilAsync(() => never, TimeSpan.FromMilliseconds(20)));
        Assert.Contains("never", error.Message, StringComparison.Ordinal);
    }

    private static async Task SendAsync(IConnection connection, long amount)
    {
        connection.Write(new Message { Kind = MessageKind.Credit, Amount = amount });
        await connection.FlushAsync(default).AsTask().WaitAsync(Patience);
    }

    private static async Task<long> ReadAsync(IConnection connection)
    {
        Assert.True(await connection.ReadAsync(default).AsTask().WaitAsync(Patience));
        Assert.True(connection.TryRead(out Message message));
        Assert.False(connection.TryRead(out _));
        return message.Amount;
    }

    private sealed class NoFormat : IWireFormat
    {
        public string Name => "native";

        public FormatTraits Traits => FormatTraits.Full;

        public IMessageReader CreateReader(SmpiLimits limits) => throw new NotSupportedException();

        public IMessageWriter CreateWriter(SmpiLimits limits) => throw new NotSupportedException();
    }
}
