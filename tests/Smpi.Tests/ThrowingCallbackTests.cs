using System.Diagnostics;
using Smpi.ThrowingChild;

namespace Smpi.Tests;

/// <summary>Throws at every place where user code is called.</summary>
public sealed class ThrowingCallbackTests
{
    // What is thrown here would end the process if nobody caught it.
    private static readonly string[] Deadly =
    [
        "token-cancel", "token-disconnect", "token-deadline", "iterator-token", "source-token", "subscriber-token-dispose", "subscriber-token-overflow",
        "state-changed", "layer-write", "notes", "on-peer", "gone", "protocol-accept", "loop-post", "loop-should-yield", "context-post", "loop-async-void", "continuation",
    ];

    public static TheoryData<string, bool> Names
    {
        get
        {
            var names = new TheoryData<string, bool>();
            foreach (Place place in Places.All)
            {
                names.Add(place.Name, false);
                names.Add(place.Name, true);
            }

            return names;
        }
    }

    public static TheoryData<string> DeadlyNames => [.. Deadly];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task What_user_code_throws_is_reported_once_and_everything_else_goes_on(string name, bool reportThrows) =>
        Assert.Null(await Stage.RunAsync(Places.All.Single(place => place.Name == name), reportThrows));

    [Theory]
    [MemberData(nameof(DeadlyNames))]
    public async Task A_process_lives_when_a_callback_throws_and_the_report_of_it_throws_too(string name)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Smpi.ThrowingChild.dll"), name, "report-throws"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process child = Process.Start(start)!;
        Task<string> errors = child.StandardError.ReadToEndAsync();
        string output = await child.StandardOutput.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(60));
        await child.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal((0, "well", ""), (child.ExitCode, output.Trim(), (await errors).Trim()));
    }
}
