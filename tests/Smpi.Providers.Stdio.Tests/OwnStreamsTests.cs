using System.Collections.Concurrent;

namespace Smpi.Providers.Stdio.Tests;

public sealed class OwnStreamsTests
{
    [Fact]
    public async Task A_writer_made_before_the_channel_does_not_corrupt_the_wire()
    {
        var notes = new ConcurrentQueue<string>();
        await using ISmpiChannel channel = Children.Create(Children.Address("early-print", "stdio:"), builder => Children.Note(builder, notes).WithReconnect(new ReconnectOptions { Enabled = false }));
        await channel.RequestAsync(new TestChild.Say("one")).AsTask().WaitAsync(Children.Soon);
        Assert.Equal("after", (await channel.RequestAsync(new TestChild.Echo("after"))).Text);
        await TestWait.UntilAsync(() => notes.Contains("early one"));
    }

    [Fact]
    public async Task Where_standard_error_is_the_same_pipe_prints_are_dropped()
    {
        await using ISmpiChannel channel = Children.Create(
            Children.Shell("exec dotnet \"$0\" serve stdio: 2>&1", "", Children.Program), builder => builder.WithReconnect(new ReconnectOptions { Enabled = false }));
        await channel.RequestAsync(new TestChild.Say("one")).AsTask().WaitAsync(Children.Soon);
        Assert.Equal("after", (await channel.RequestAsync(new TestChild.Echo("after"))).Text);
    }

    [Fact]
    public async Task A_worker_that_closes_its_channel_itself_goes_on()
    {
        var notes = new ConcurrentQueue<string>();
        await using ISmpiChannel channel = Children.Create(Children.Address("leave", "5"), builder => Children.Note(builder, notes).WithReconnect(new ReconnectOptions { Enabled = false }));
        await channel.RequestAsync(new TestChild.Echo("leave")).AsTask().WaitAsync(Children.Soon);
        await TestWait.UntilAsync(() => notes.Contains("left"));
    }

    [Fact]
    public async Task A_second_stdio_channel_of_one_process_is_refused()
    {
        var notes = new ConcurrentQueue<string>();
        await using ISmpiChannel channel = Children.Create(Children.Address("twice"), builder => Children.Note(builder, notes));
        await channel.ConnectAsync().AsTask().WaitAsync(Children.Soon);
        await TestWait.UntilAsync(() => notes.Any(line => line.Contains("one stdio connection per process", StringComparison.Ordinal)));
    }
}
