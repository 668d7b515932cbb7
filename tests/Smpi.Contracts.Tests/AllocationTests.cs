using Smpi.Contracts.Library;

namespace Smpi.Contracts.Tests;

[CollectionDefinition(nameof(AllocationTests), DisableParallelization = true)]
[Collection(nameof(AllocationTests))]
public sealed class AllocationTests
{
    private const int Calls = 2000;

    [Fact]
    public async Task A_contract_costs_no_more_memory_than_a_handler()
    {
        await using Pair pair = await Pair.OpenAsync("memory", "json", builder => builder
            .Implement<IDisplay>(new Display())
            .Handle("plain", (Line line, CallContext _, CancellationToken _) => new ValueTask<Line>(new Line("shown " + line.Text))));
        IDisplay display = pair.Channel.Proxy<IDisplay>();
        var line = new Line("a");
        long plain = await LeastAsync(() => pair.Channel.RequestAsync<Line, Line>("plain", line, CallOptions.Typed, default));
        long contract = await LeastAsync(() => display.ShowAsync(line, default));
        Assert.True(contract <= plain + 8, $"A call takes {contract} octets through the contract and {plain} without.");
    }

    /// <summary>Octets per call; the least of several runs, because other threads allocate too.</summary>
    private static async Task<long> LeastAsync(Func<ValueTask<Line>> call)
    {
        long least = long.MaxValue;
        for (int run = 0; run < 6; run++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            for (int number = 0; number < Calls; number++) await call();
            least = Math.Min(least, (GC.GetTotalAllocatedBytes(precise: true) - before) / Calls);
        }

        return least;
    }
}
