using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Smpi.Providers.Stdio.Tests;

public sealed class ProcessTreeTests
{
    // Tells its own id and that of a grandchild, and listens to neither its input nor the polite signals.
    private const string Stubborn = "trap '' TERM INT HUP; sleep 1000 & echo $! >&2; echo $$ >&2; while true; do sleep 87654; done";

    [Fact]
    public async Task A_child_that_ignores_the_end_of_its_input_is_ended_with_its_tree_after_the_grace_time()
    {
        var lines = new BlockingCollection<string>();
        ISmpiChannel channel = Children.Create(Children.Shell(Stubborn, "[grace=200ms]"), builder => builder.WithOptions(options => options.Notes = note => lines.Add(note.Text)));
        Task connecting = channel.ConnectAsync().AsTask();
        int[] processes = [.. await TwoAsync(lines)];
        await channel.DisposeAsync().AsTask().WaitAsync(Children.Soon);
        foreach (int process in processes) await Children.GoneAsync(process);
        await Assert.ThrowsAnyAsync<Exception>(() => connecting);
    }

    [Fact]
    public async Task Killing_the_host_ends_its_child_and_grandchild_within_a_second()
    {
        using Process host = Process.Start(new ProcessStartInfo("dotnet", [Children.Program, "host", Children.Shell(Stubborn)]) { RedirectStandardOutput = true })!;
        var processes = new List<int>();
        while (processes.Count < 2)
        {
            string? line = await host.StandardOutput.ReadLineAsync().WaitAsync(Children.Soon);
            processes.Add(int.Parse(line!, CultureInfo.InvariantCulture));
        }

        Assert.All(processes, process => Assert.True(Children.IsAlive(process)));
        host.Kill();
        await host.WaitForExitAsync().WaitAsync(Children.Soon);
        var watch = Stopwatch.StartNew();
        foreach (int process in processes) await Children.GoneAsync(process);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(1), $"It took {watch.Elapsed.TotalSeconds:0.0} s.");
        await TestWait.UntilAsync(() => Children.CountWith("sleep 87654") == 0);
    }

    [Fact]
    public async Task A_grandchild_that_another_process_adopted_is_ended_with_the_tree()
    {
        var notes = new ConcurrentQueue<string>();
        IConnection connection = await Children.ConnectAsync("(trap '' HUP; sleep 1000 & echo $! >&2); exec sleep 1000", notes, TimeSpan.FromMilliseconds(50));
        int orphan = (await Children.ProcessesAsync(notes, 1))[0];
        await connection.DisposeAsync().AsTask().WaitAsync(Children.Soon);
        await Children.GoneAsync(orphan);
    }

    [Fact]
    public async Task Killing_the_host_ends_an_adopted_grandchild_too()
    {
        using Process host = Process.Start(new ProcessStartInfo("dotnet", [Children.Program, "host", Children.Shell("(trap '' HUP; sleep 1000 & echo $! >&2); echo $$ >&2; exec sleep 1000")]) { RedirectStandardOutput = true })!;
        int orphan = int.Parse((await host.StandardOutput.ReadLineAsync().WaitAsync(Children.Soon))!, CultureInfo.InvariantCulture);
        int child = int.Parse((await host.StandardOutput.ReadLineAsync().WaitAsync(Children.Soon))!, CultureInfo.InvariantCulture);
        host.Kill();
        await TestWait.UntilAsync(() => !Children.IsAlive(orphan) && !Children.IsAlive(child), TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task What_a_child_leaves_behind_in_good_order_stays()
    {
        var notes = new ConcurrentQueue<string>();
        IConnection connection = await Children.ConnectAsync("sleep 1000 > /dev/null 2>&1 & echo $! >&2; cat > /dev/null; exit 0", notes);
        int left = (await Children.ProcessesAsync(notes, 1))[0];
        await connection.DisposeAsync().AsTask().WaitAsync(Children.Soon);
        Assert.True(Children.IsAlive(left));
        Process.GetProcessById(left).Kill();
    }

    private static async Task<IEnumerable<int>> TwoAsync(BlockingCollection<string> lines)
    {
        await TestWait.UntilAsync(() => lines.Count >= 2);
        return [int.Parse(lines.Take(), CultureInfo.InvariantCulture), int.Parse(lines.Take(), CultureInfo.InvariantCulture)];
    }
}
