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

    public static string Shell(string script, string options = "") => $"stdio{options}:{JsonSerializer.Serialize<string[]>(["/bin/sh", "-c", script])}";

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

    public static Task GoneAsync(int process) => TestWait.UntilAsync(() => !IsAlive(process));
}
