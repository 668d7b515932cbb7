using System.Buffers;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Smpi.Providers.Stdio.Tests;

public sealed class RawConnectionTests
{
    [Fact]
    public async Task A_large_message_comes_back_from_a_foreign_program()
    {
        await using IConnection connection = await Children.ConnectAsync("exec cat");
        byte[] octets = new byte[4 * 1024 * 1024];
        Random.Shared.NextBytes(octets);
        connection.Write(new Message { Kind = MessageKind.Event, Body = new ReadOnlySequence<byte>(octets) });
        Task flush = connection.FlushAsync(CancellationToken.None).AsTask();
        Message message = default;
        while (!connection.TryRead(out message)) Assert.True(await connection.ReadAsync(CancellationToken.None).AsTask().WaitAsync(Children.Soon));
        await flush.WaitAsync(Children.Soon);
        Assert.True(message.Body.ToArray().AsSpan().SequenceEqual(octets));
    }

    [Fact]
    public async Task A_child_that_does_not_read_keeps_the_flush_waiting_and_disposal_ends_it()
    {
        var notes = new ConcurrentQueue<string>();
        IConnection connection = await Children.ConnectAsync("echo $$ >&2; exec sleep 1000", notes, TimeSpan.FromMilliseconds(50));
        connection.Write(new Message { Kind = MessageKind.Event, Body = new ReadOnlySequence<byte>(new byte[4 * 1024 * 1024]) });
        Task flush = connection.FlushAsync(CancellationToken.None).AsTask();
        int process = (await Children.ProcessesAsync(notes, 1))[0];
        Assert.False(flush.IsCompleted);
        await connection.DisposeAsync().AsTask().WaitAsync(Children.Soon);
        await Assert.ThrowsAsync<ChannelClosedException>(() => flush.WaitAsync(Children.Soon));
        Assert.False(Children.IsAlive(process));
    }

    [Fact]
    public async Task Disposal_ends_a_pending_read_at_once_and_may_be_repeated()
    {
        IConnection connection = await Children.ConnectAsync("trap '' TERM; exec sleep 1000", grace: TimeSpan.FromMilliseconds(300));
        Task<bool> read = connection.ReadAsync(CancellationToken.None).AsTask();
        Task first = connection.DisposeAsync().AsTask();
        Task second = connection.DisposeAsync().AsTask();
        ChannelClosedException error = await Assert.ThrowsAsync<ChannelClosedException>(() => read.WaitAsync(Children.Soon));
        Assert.False(first.IsCompleted);
        Assert.Equal(ClosedBy.Local, error.Reason.By);
        await Task.WhenAll(first, second).WaitAsync(Children.Soon);
        await connection.DisposeAsync();
    }

    [Fact]
    public async Task A_writer_to_a_child_that_closed_its_input_gets_a_typed_closing()
    {
        await using IConnection connection = await Children.ConnectAsync("echo no more >&2; exit 4");
        ChannelClosedException error = await Assert.ThrowsAsync<ChannelClosedException>(async () =>
        {
            while (true)
            {
                connection.Write(new Message { Kind = MessageKind.Event, Body = new ReadOnlySequence<byte>(new byte[1024]) });
                await connection.FlushAsync(CancellationToken.None).AsTask().WaitAsync(Children.Soon);
            }
        });
        Assert.Equal(ErrorCode.PeerExited, error.Code);
        Assert.Equal(4, error.Reason.ExitCode);
        Assert.Equal("no more", error.Reason.ErrorTail);
    }

    [Fact]
    public async Task A_read_ends_within_a_second_although_a_grandchild_holds_the_pipes_of_a_killed_child()
    {
        var notes = new ConcurrentQueue<string>();
        IConnection connection = await Children.ConnectAsync("sleep 1000 & echo $! >&2; echo $$ >&2; while true; do sleep 0.02; done", notes);
        Task<bool> read = connection.ReadAsync(CancellationToken.None).AsTask();
        int[] processes = await Children.ProcessesAsync(notes, 2);
        var watch = Stopwatch.StartNew();
        Process.GetProcessById(processes[1]).Kill();
        Assert.False(await read.WaitAsync(Children.Soon));
        Assert.Equal(ErrorCode.PeerExited, connection.Info.Closed!.Code);
        Assert.Equal(137, connection.Info.Closed.ExitCode);
        Assert.Contains("signal 9", connection.Info.Closed.Text, StringComparison.Ordinal);
        Assert.Contains(processes[1].ToString(CultureInfo.InvariantCulture), connection.Info.Closed.Text, StringComparison.Ordinal);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(2), $"It took {watch.Elapsed.TotalSeconds:0.0} s.");
        await connection.DisposeAsync().AsTask().WaitAsync(Children.Soon);
        await Children.GoneAsync(processes[0]);
    }

    [Fact]
    public async Task What_a_child_still_writes_while_it_ends_does_not_stall_it()
    {
        string file = Path.GetTempFileName();
        IConnection connection = await Children.ConnectAsync("cat > /dev/null; head -c 300000 /dev/zero && echo tidy > \"$0\"", arguments: file);
        await connection.DisposeAsync().AsTask().WaitAsync(Children.Soon);
        Assert.Equal("tidy\n", await File.ReadAllTextAsync(file));
        File.Delete(file);
    }

    [Fact]
    public async Task Standard_error_is_read_in_bounded_lines_whatever_octets_it_has()
    {
        var notes = new ConcurrentQueue<string>();
        await using IConnection connection = await Children.ConnectAsync("printf 'a\\377b\\r\\n' >&2; head -c 20000 /dev/zero | tr '\\0' x >&2; exit 255", notes);
        Assert.False(await connection.ReadAsync(CancellationToken.None).AsTask().WaitAsync(Children.Soon));
        Assert.Equal("a\uFFFDb", notes.First());
        Assert.All(notes, line => Assert.True(line.Length <= 8192));
        Assert.Equal(20_000, notes.Skip(1).Sum(line => line.Length));
        Assert.Contains("exited with code 255", connection.Info.Closed!.Text, StringComparison.Ordinal);
        Assert.True(connection.Info.Closed.ErrorTail.Length <= 16 * 1024);
    }

    [Fact]
    public async Task Waiting_for_children_holds_no_threads()
    {
        List<IConnection> connections = [];
        for (int child = 0; child < 20; child++)
        {
            connections.Add(await Children.ConnectAsync("exec cat"));
            _ = connections[^1].ReadAsync(CancellationToken.None).AsTask().ContinueWith(static read => read.Exception, TaskScheduler.Default);
        }

        Assert.DoesNotContain(Directory.GetDirectories("/proc/self/task"), IsOurs);
        await Task.WhenAll(connections.Select(connection => connection.DisposeAsync().AsTask())).WaitAsync(Children.Soon);

        static bool IsOurs(string thread)
        {
            try
            {
                return File.ReadAllText($"{thread}/comm").StartsWith("smpi", StringComparison.Ordinal);
            }
            catch (IOException)
            {
                // It ended since it was listed.
                return false;
            }
        }
    }
}
