using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;

namespace Smpi.Providers.Stdio.Tests;

/// <summary>Starts the test child in one of its modes.</summary>
internal static class Children
{
    public static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    public static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "Smpi.TestChild.dll");

    public static string Address(params string[] arguments) => AddressWith("", arguments);

    public static string AddressWith(string options, params string[] arguments) =>
        $"stdio{options}:{JsonSerializer.Serialize<string[]>(["dotnet", Program, .. arguments])}";

    public static string Shell(string script, string options = "", params string[] arguments) =>
        $"stdio{options}:{JsonSerializer.Serialize<string[]>(["/bin/sh", "-c", script, .. arguments])}";

    /// <summary>A raw connection to a child that runs a script, in the tests' own format.</summary>
    public static async Task<IConnection> ConnectAsync(string script, ConcurrentQueue<string>? notes = null, TimeSpan? grace = null, params string[] arguments)
    {
        var options = new ChildProcessOptions { FileName = "/bin/sh", Arguments = ["-c", script, .. arguments], GraceTime = grace ?? TimeSpan.FromSeconds(5) };
        return await new ChildProcessProtocol(options).ConnectAsync(
            new ConnectionOptions { Format = new TestFormat(), Notes = note => notes?.Enqueue(note.Text) }, CancellationToken.None).AsTask().WaitAsync(Soon);
    }

    public static SmpiBuilder Note(SmpiBuilder builder, ConcurrentQueue<string> notes) => builder.WithOptions(options => options.Notes = note => notes.Enqueue(note.Text));

    /// <summary>The numbers a script wrote to its standard error, when there are enough.</summary>
    public static async Task<int[]> ProcessesAsync(ConcurrentQueue<string> notes, int count)
    {
        await TestWait.UntilAsync(() => notes.Count >= count);
        return [.. notes.Select(line => int.Parse(line, CultureInfo.InvariantCulture))];
    }

    /// <summary>Processes whose command line has a text.</summary>
    public static int CountWith(string text) => Directory.GetDirectories("/proc").Count(directory => int.TryParse(Path.GetFileName(directory), out int process) && IsAlive(process) && CommandLineOf(process).Contains(text, StringComparison.Ordinal));

    public static ISmpiChannel Create(string address, Action<SmpiBuilder>? configure = null) => new SmpiProviders().AddAll().CreateChannel(address, configure);

    public static bool IsAlive(int process)
    {
        try
        {
            // A zombie has ended: only its parent has not looked yet.
            string state = File.ReadAllText($"/proc/{process.ToString(CultureInfo.InvariantCulture)}/stat");
            return state[(state.LastIndexOf(')') + 2)..][0] != 'Z';
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Children of this process that have ended and were not waited for.</summary>
    public static int Zombies() => Directory.GetDirectories("/proc").Where(directory => int.TryParse(Path.GetFileName(directory), out _)).Count(directory =>
    {
        try
        {
            string state = File.ReadAllText($"{directory}/stat");
            string[] fields = state[(state.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] == "Z" && fields[1] == Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return false;
        }
    });

    private static string CommandLineOf(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process.ToString(CultureInfo.InvariantCulture)}/cmdline").Replace('\0', ' ');
        }
        catch (IOException)
        {
            return "";
        }
    }

    public static Task GoneAsync(int process) => TestWait.UntilAsync(() => !IsAlive(process));
}
