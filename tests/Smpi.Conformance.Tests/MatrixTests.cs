namespace Smpi.Conformance.Tests;

/// <summary>Every protocol with every encoding on every event loop.</summary>
public sealed class MatrixTests(MatrixReport report) : IClassFixture<MatrixReport>
{
    public static TheoryData<string, string, string> All()
    {
        var data = new TheoryData<string, string, string>();
        foreach (string protocol in Combinations.Protocols)
        {
            foreach (string encoding in Combinations.Encodings.Keys)
            {
                foreach (string loop in Loops.All.Keys) data.Add(protocol, encoding, loop);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(All))]
    public Task The_core_of_the_channel_works(string protocol, string encoding, string loop) => report.RunAsync(protocol, encoding, loop, async () =>
    {
        using var combinations = new Combinations();
        await using LoopDriver driver = Loops.All[loop]();
        Task core = Task.Run(() => protocol == "stdio" ? Workers.RunAsync(Combinations.Encodings[encoding](), driver.Loop) : ChannelCore.RunAsync(combinations.Of(protocol, encoding, driver.Loop)));
        while (!core.IsCompleted)
        {
            driver.Drive();
            await Task.WhenAny(core, NextTickAsync());
        }

        await core;
    });

    /// <summary>The frame of a loop that its owner drives.</summary>
    private static async Task NextTickAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        await timer.WaitForNextTickAsync();
    }
}
