using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Smpi.TestChild;

namespace Smpi.Providers.Stdio.Tests;

public sealed class HostedWorkerTests
{
    private const int AtOnce = 4;

    // What is looked for is what stands in the wire, not how fast so many processes start on a busy machine.
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(5);

    // A long round asks for more.
    private static readonly int _starts = int.Parse(Environment.GetEnvironmentVariable("SMPI_STARTS") ?? "30", CultureInfo.InvariantCulture);

    [Fact]
    public async Task Workers_on_the_generic_host_start_without_a_print_in_their_wire()
    {
        string[][] kinds = [[], ["--Smpi:Address=stdio:"], ["--Smpi:Listen=stdio:"]];
        await Parallel.ForAsync(0, _starts, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (number, ct) =>
        {
            await using ISmpiChannel channel = Children.Create(
                Children.Address(["hosted", .. kinds[number % kinds.Length]]),
                builder => builder.WithReconnect(new ReconnectOptions { Enabled = false }).WithLimits(limits => limits with { HandshakeTimeout = TimeSpan.FromMinutes(5) }));
            Assert.Equal("up", (await channel.RequestAsync(new Echo("up"), ct).AsTask().WaitAsync(_patience, ct)).Text);
        });
    }

    [Fact]
    public async Task What_a_host_prints_goes_to_standard_error()
    {
        var notes = new ConcurrentQueue<string>();
        await using ISmpiChannel channel = Children.Create(Children.Address("hosted"), builder => Children.Note(builder, notes).WithReconnect(new ReconnectOptions { Enabled = false }));
        await channel.RequestAsync(new Echo("x")).AsTask().WaitAsync(Children.Soon);
        string[] prints = ["built", "made", "started", "Application started. Press Ctrl+C to shut down."];
        await TestWait.UntilAsync(() => prints.All(print => notes.Any(note => note.Trim().EndsWith(print, StringComparison.Ordinal))));
    }

    [Fact]
    public async Task A_print_between_a_channel_and_its_first_connection_stays_out_of_the_wire()
    {
        var notes = new ConcurrentQueue<string>();
        await using ISmpiChannel channel = Children.Create(Children.Address("unmade"), builder => Children.Note(builder, notes).WithReconnect(new ReconnectOptions { Enabled = false }));
        Assert.Equal("x", (await channel.RequestAsync(new Echo("x")).AsTask().WaitAsync(Children.Soon)).Text);
        await TestWait.UntilAsync(() => notes.Contains("the worker begins"));
    }

    [Fact]
    public async Task A_print_before_everything_is_shown_with_the_remedy()
    {
        await using ISmpiChannel channel = Children.Create(Children.Address("print-first", "Hello, I am a worker."));
        ChannelClosedException error = await Assert.ThrowsAsync<ChannelClosedException>(() => channel.ConnectAsync().AsTask().WaitAsync(Children.Soon));
        Assert.Equal(ErrorCode.ProtocolError, error.Code);
        Assert.Contains("printed 'Hello, I am a worker.' to its standard output", error.Message, StringComparison.Ordinal);
        Assert.Contains("before it prints", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_is_not_there_is_reported_with_the_exit_code_and_words_of_who_looked_for_it()
    {
        await using ISmpiChannel channel = Children.Create("stdio:dotnet no-such.dll");
        ChannelClosedException error = await Assert.ThrowsAsync<ChannelClosedException>(() => channel.ConnectAsync().AsTask().WaitAsync(Children.Soon));
        Assert.Equal(ErrorCode.PeerExited, error.Code);
        Assert.NotNull(error.Reason.ExitCode);
        Assert.Contains($"exited with code {error.Reason.ExitCode}", error.Message, StringComparison.Ordinal);
        Assert.Contains("no-such.dll", error.Reason.ErrorTail, StringComparison.Ordinal);
        Assert.DoesNotContain("native format", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("serve stdio:")]
    [InlineData("hosted")]
    public async Task A_terminal_is_refused_with_the_remedy(string mode)
    {
        // The utility gives the program a terminal of its own.
        var start = new ProcessStartInfo("script", ["-qec", $"dotnet {Children.Program} {mode}", "/dev/null"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        string shown = await process.StandardOutput.ReadToEndAsync().WaitAsync(Children.Soon);
        await process.WaitForExitAsync().WaitAsync(Children.Soon);
        Assert.NotEqual(0, process.ExitCode);
        Assert.Contains("SmpiConfigurationException", shown, StringComparison.Ordinal);
        Assert.Contains("is a terminal", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("smpi.v1", shown, StringComparison.Ordinal);
    }
}
