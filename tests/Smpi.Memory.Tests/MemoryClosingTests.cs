namespace Smpi.Tests;

public sealed class MemoryClosingTests
{
    private static readonly CloseReason Crash = new(ErrorCode.Unavailable, "The wire was cut.", ClosedBy.Transport);

    [Fact]
    public async Task Read_drains_what_was_flushed_and_returns_false_after_the_peer_disposes()
    {
        (IConnection a, IConnection b) = Wire.Pair();
        await a.SendAsync(Wire.Event("last"));
        a.Write(Wire.Event("never flushed"));
        await a.DisposeAsync();
        await a.DisposeAsync();
        Assert.Equal(["last:"], await b.TakeAsync(2));
        Assert.False(await b.NextAsync());
        Assert.Equal((ErrorCode.Closed, ClosedBy.Peer), (b.Info.Closed!.Code, b.Info.Closed.By));
    }

    [Fact]
    public async Task A_goodbye_reaches_the_peer_after_what_was_flushed_before()
    {
        (IConnection a, IConnection b) = Wire.Pair();
        a.Write(Wire.Event("last"));
        a.Info.Hop!.Goodbye(new CloseReason(ErrorCode.ResourceExhausted, "Too busy.", ClosedBy.Local));
        await a.FlushAsync(default);
        await a.DisposeAsync();
        Assert.True(await b.NextAsync());
        Assert.Null(b.Info.Closed);
        Assert.True(b.TryRead(out _));
        Assert.False(b.TryRead(out _));
        Assert.False(await b.NextAsync());
        Assert.Equal(new CloseReason(ErrorCode.ResourceExhausted, "Too busy.", ClosedBy.Peer), b.Info.Closed);
    }

    [Fact]
    public async Task Disposal_ends_the_own_read_and_flush_that_are_pending()
    {
        (IConnection a, _) = Wire.Pair();
        Task read = a.ReadAsync(default).AsTask();
        a.Write(Wire.Event("big"), new TestBody(100_000));
        await a.FlushAsync(default);
        a.Write(Wire.Event("stuck"));
        Task flush = a.FlushAsync(default).AsTask();
        await a.DisposeAsync();
        foreach (Task pending in new[] { read, flush })
        {
            var error = await Assert.ThrowsAsync<ChannelClosedException>(() => pending.WaitAsync(Wire.Patience));
            Assert.Equal(ClosedBy.Local, error.Reason.By);
        }
    }

    [Fact]
    public async Task Disposal_of_the_reader_fails_the_flush_that_waits_for_it()
    {
        (IConnection a, IConnection b) = Wire.Pair();
        a.Write(Wire.Event("big"), new TestBody(100_000));
        await a.FlushAsync(default);
        a.Write(Wire.Event("stuck"));
        Task flush = a.FlushAsync(default).AsTask();
        await b.DisposeAsync();
        var error = await Assert.ThrowsAsync<ChannelClosedException>(() => flush.WaitAsync(Wire.Patience));
        Assert.Equal(ClosedBy.Peer, error.Reason.By);
        await Assert.ThrowsAsync<ChannelClosedException>(async () => await a.FlushAsync(default));
    }

    [Fact]
    public async Task A_cut_fails_both_sides_at_once()
    {
        (IConnection a, IConnection b) = Wire.Pair();
        await a.SendAsync(Wire.Event("lost"));
        Task read = a.ReadAsync(default).AsTask();
        ((MemoryConnection)b).Abort(Crash);
        Assert.Same(Crash, (await Assert.ThrowsAsync<ChannelClosedException>(() => read.WaitAsync(Wire.Patience))).Reason);
        Assert.Same(Crash, (await Assert.ThrowsAsync<ChannelClosedException>(b.NextAsync)).Reason);
        Assert.Same(Crash, (await Assert.ThrowsAsync<ChannelClosedException>(() => a.SendAsync(Wire.Event("x")))).Reason);
        Assert.Same(Crash, a.Info.Closed);
        Assert.Same(Crash, b.Info.Closed);
    }

    [Fact]
    public async Task A_cancelled_wait_ends_typed()
    {
        (IConnection a, _) = Wire.Pair();
        using var stop = new CancellationTokenSource();
        Task read = a.ReadAsync(stop.Token).AsTask();
        a.Write(Wire.Event("big"), new TestBody(100_000));
        await a.FlushAsync(default);
        a.Write(Wire.Event("stuck"));
        Task flush = a.FlushAsync(stop.Token).AsTask();
        await stop.CancelAsync();
        foreach (Task pending in new[] { read, flush })
        {
            var error = await Assert.ThrowsAsync<ChannelClosedException>(() => pending.WaitAsync(Wire.Patience));
            Assert.Equal(ErrorCode.Cancelled, error.Code);
            Assert.IsType<OperationCanceledException>(error.InnerException);
        }
    }
}
