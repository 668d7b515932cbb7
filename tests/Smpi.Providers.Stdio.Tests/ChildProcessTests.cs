using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.Versioning;
using Smpi.TestChild;

namespace Smpi.Providers.Stdio.Tests;

public sealed class ChildProcessTests
{
    [Fact]
    public async Task A_child_answers_and_ends_with_its_channel()
    {
        ISmpiChannel channel = Children.Create(Children.Address("serve", "stdio:"));
        Echoed echoed = await channel.RequestAsync(new Echo("hello")).AsTask().WaitAsync(Children.Soon);
        Assert.Equal("hello", echoed.Text);
        Assert.True(Children.IsAlive(echoed.ProcessId));
        await channel.DisposeAsync();
        Assert.False(Children.IsAlive(echoed.ProcessId));
    }

    [Fact]
    public async Task A_stray_print_does_not_corrupt_the_wire_and_arrives_as_a_note()
    {
        var notes = new ConcurrentQueue<string>();
        await using ISmpiChannel channel = Children.Create(
            Children.Address("serve", "stdio:"), builder => builder.WithOptions(options => options.Notes = note => notes.Enqueue(note.Text)));
        await channel.RequestAsync(new Say("one")).AsTask().WaitAsync(Children.Soon);
        Assert.Equal("after", (await channel.RequestAsync(new Echo("after"))).Text);
        await TestWait.UntilAsync(() => notes.Contains("managed one") && notes.Contains("native one"));
    }

    [Fact]
    public async Task Arguments_directory_and_environment_reach_the_child()
    {
        await using ISmpiChannel channel = SmpiChannel.Create(builder => builder.UseJson().UseChildProcess(new ChildProcessOptions
        {
            FileName = "dotnet",
            Arguments = [Children.Program, "serve", "stdio:", "with blank", "it's"],
            WorkingDirectory = "/",
            Environment = new Dictionary<string, string?> { ["SMPI_TEST"] = "value" },
        }));
        Surroundings found = await channel.RequestAsync(new Environs("SMPI_TEST")).AsTask().WaitAsync(Children.Soon);
        Assert.Equal("value", found.Value);
        Assert.Equal("/", found.Directory);
        Assert.Equal(["with blank", "it's"], found.Arguments);
    }

    [Fact]
    public async Task A_child_that_exits_at_once_is_reported_with_its_code_and_last_words()
    {
        await using ISmpiChannel channel = Children.Create(Children.Address("exit", "3", "no license file"));
        var watch = Stopwatch.StartNew();
        ChannelClosedException error = await Assert.ThrowsAsync<ChannelClosedException>(async () => await channel.RequestAsync(new Echo("x")));
        Assert.Equal(3, error.Reason.ExitCode);
        Assert.Equal("no license file", error.Reason.ErrorTail);
        Assert.Contains("exited with code 3", error.Message, StringComparison.Ordinal);
        Assert.False(error.WasSent);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(9), "It waited for the handshake.");
    }

    [Fact]
    public async Task A_missing_program_is_a_fault_of_the_configuration()
    {
        await using ISmpiChannel channel = Children.Create("stdio:no-such-program --flag");
        SmpiConfigurationException error = await Assert.ThrowsAsync<SmpiConfigurationException>(async () => await channel.RequestAsync(new Echo("x")));
        Assert.Equal("There is no program 'no-such-program': neither as a path nor in PATH.", error.Message);
        Assert.Equal(ChannelState.Closed, channel.Status.State);
    }

    [Fact]
    public async Task A_file_that_is_no_program_and_a_missing_directory_have_their_own_sentences()
    {
        await using ISmpiChannel file = Children.Create($"stdio:{Children.Program}");
        Assert.Contains("may not be executed", (await Assert.ThrowsAsync<SmpiConfigurationException>(async () => await file.RequestAsync(new Echo("x")))).Message, StringComparison.Ordinal);
        await using ISmpiChannel directory = Children.Create("stdio[cwd=/no/such/place]:cat");
        Assert.Contains("'/no/such/place'", (await Assert.ThrowsAsync<SmpiConfigurationException>(async () => await directory.RequestAsync(new Echo("x")))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_child_that_prints_junk_is_refused_with_the_junk_shown()
    {
        await using ISmpiChannel channel = Children.Create(Children.Address("junk"));
        ChannelClosedException error = await Assert.ThrowsAsync<ChannelClosedException>(async () => await channel.RequestAsync(new Echo("x")));
        Assert.Equal(ErrorCode.ProtocolError, error.Code);
        Assert.Contains("Welcome", error.Message, StringComparison.Ordinal);
        Assert.Equal("I am not what you think", error.Reason.ErrorTail);
    }

    [Fact]
    public async Task Killing_the_child_fails_its_calls_with_the_signal()
    {
        await using ISmpiChannel channel = Children.Create(Children.Address("serve", "stdio:"), builder => builder.WithReconnect(new ReconnectOptions { Enabled = false }));
        int process = (await channel.RequestAsync(new Echo("x")).AsTask().WaitAsync(Children.Soon)).ProcessId;
        Task<Echoed>[] calls = [.. Enumerable.Range(0, 1000).Select(_ => channel.RequestAsync(new Hang()).AsTask())];
        Process.GetProcessById(process).Kill();
        foreach (Task<Echoed> call in calls)
        {
            ChannelClosedException error = await Assert.ThrowsAsync<ChannelClosedException>(() => call.WaitAsync(Children.Soon));
            Assert.Equal(ErrorCode.PeerExited, error.Code);
            Assert.Equal(137, error.Reason.ExitCode);
            Assert.True(error.WasSent);
        }

        Assert.Equal(0, channel.Status.PendingCalls);
    }

    [Fact]
    public async Task A_child_that_falls_says_why()
    {
        await using ISmpiChannel channel = Children.Create(Children.Address("serve", "stdio:"), builder => builder.WithReconnect(new ReconnectOptions { Enabled = false }));
        ChannelClosedException error = await Assert.ThrowsAsync<ChannelClosedException>(async () => await channel.RequestAsync(new Fall(7, "out of cheese")).AsTask().WaitAsync(Children.Soon));
        Assert.Equal(7, error.Reason.ExitCode);
        Assert.Contains("out of cheese", error.Reason.ErrorTail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lost_child_is_started_again()
    {
        await using ISmpiChannel channel = Children.Create(Children.Address("serve", "stdio:"));
        int first = (await channel.RequestAsync(new Echo("x")).AsTask().WaitAsync(Children.Soon)).ProcessId;
        Process.GetProcessById(first).Kill();
        await TestWait.UntilAsync(() => channel.Status.State == ChannelState.Reconnecting || channel.Status.Generation > 1);
        Echoed again = await channel.RequestAsync(new Echo("again"), new CallOptions { WaitForConnection = true }).AsTask().WaitAsync(Children.Soon);
        Assert.NotEqual(first, again.ProcessId);
        Assert.Equal(2, channel.Status.Generation);
    }

    [Fact]
    public async Task A_large_body_travels_both_ways()
    {
        await using ISmpiChannel channel = Children.Create(Children.Address("serve", "stdio:"));
        byte[] octets = new byte[3_900_000];
        Random.Shared.NextBytes(octets);
        RawBody back = await channel.RequestAsync<RawBody, RawBody>("octets", new RawBody(octets)).AsTask().WaitAsync(Children.Soon);
        Assert.True(back.Octets.Span.SequenceEqual(octets));
    }

    [Fact]
    public async Task Launches_leave_no_descriptor_and_no_process_behind()
    {
        await LaunchAsync();
        int before = Directory.GetFiles("/proc/self/fd").Length;
        for (int launch = 0; launch < 30; launch++) await LaunchAsync();
        await TestWait.UntilAsync(() => Directory.GetFiles("/proc/self/fd").Length <= before + 8);
        await TestWait.UntilAsync(() => Children.CountWith("# launches") == 0 && Children.Zombies() == 0);

        static async Task LaunchAsync()
        {
            IConnection connection = await Children.ConnectAsync("cat; : # launches");
            Assert.False(connection.ReadAsync(CancellationToken.None).IsCompleted);
            await connection.DisposeAsync().AsTask().WaitAsync(Children.Soon);
        }
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task A_script_whose_interpreter_is_missing_has_its_own_sentence()
    {
        string script = Path.Combine(Path.GetTempPath(), $"smpi-test-{Guid.NewGuid():N}");
        await File.WriteAllTextAsync(script, "#!/no/such/interpreter\n");
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        await using ISmpiChannel channel = Children.Create($"stdio:{script}");
        SmpiConfigurationException error = await Assert.ThrowsAsync<SmpiConfigurationException>(async () => await channel.RequestAsync(new Echo("x")));
        Assert.Contains("interpreter", error.Message, StringComparison.Ordinal);
        File.Delete(script);
    }

    [Theory]
    [InlineData("stdio[grace=1e9s]:cat")]
    [InlineData("stdio[grace=99999999999999999999s]:cat")]
    [InlineData("stdio[grace=99999999s]:cat")]
    [InlineData("stdio[grace=soon]:cat")]
    public void A_grace_time_that_cannot_be_is_named(string address)
    {
        SmpiConfigurationException error = Assert.Throws<SmpiConfigurationException>(() => Children.Create(address));
        Assert.Contains("grace", error.Message, StringComparison.Ordinal);
    }
}
