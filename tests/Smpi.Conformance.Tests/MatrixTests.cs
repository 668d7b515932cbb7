using System.Collections.Concurrent;
using Xunit.Abstractions;

namespace Smpi.Conformance.Tests;

/// <summary>Every protocol with every encoding on every event loop.</summary>
public sealed class MatrixTests(MatrixReport report, ITestOutputHelper output) : IClassFixture<MatrixReport>
{
    // The machine may have few cores, and the stdio row starts a process for each cell.
    private const int AtOnce = 4;

    /// <summary>The whole product in one test, so that the table is complete when it is compared with the documentation.</summary>
    [Fact]
    public async Task The_core_of_the_channel_works_in_every_combination()
    {
        var failures = new ConcurrentBag<string>();
        var cells = from protocol in Combinations.Protocols from encoding in Combinations.Encodings.Keys from loop in Loops.All.Keys select (protocol, encoding, loop);
        await Parallel.ForEachAsync(cells, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (cell, _) =>
        {
            try
            {
                report.Passed(cell.protocol, cell.encoding, cell.loop, await RunAsync(cell.protocol, cell.encoding, cell.loop));
            }
            catch (Exception error)
            {
                failures.Add($"{cell}: {error}");
            }
        });
        string table = report.Print();
        output.WriteLine(table);
        Assert.True(failures.IsEmpty, string.Join('\n', failures));
        Assert.True(MatrixPage.Has(table), "The table in docs/matrix.md differs: run the tests once with SMPI_UPDATE_DOCS=1.");
    }

    private static async Task<int> RunAsync(string protocol, string encoding, string loop)
    {
        await using var combinations = new Combinations();
        await using LoopDriver driver = Loops.All[loop]();
        Task<int> core = Task.Run(async () => protocol == "stdio"
            ? await Workers.RunAsync(encoding, driver.Loop)
            : await ChannelCore.RunAsync(await combinations.OfAsync(protocol, encoding, driver.Loop)));
        while (!core.IsCompleted)
        {
            driver.Drive();
            await Task.WhenAny(core, NextTickAsync());
        }

        return await core;
    }

    /// <summary>The frame of a loop that its owner drives.</summary>
    private static async Task NextTickAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        await timer.WaitForNextTickAsync();
    }
}
