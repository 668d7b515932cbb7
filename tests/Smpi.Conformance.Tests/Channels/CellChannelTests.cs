using System.Diagnostics.CodeAnalysis;

namespace Smpi.Conformance.Tests;

/// <summary>The whole suite of the channel in one combination of the matrix, on a loop that is driven where it needs to be.</summary>
// One after the other: they block threads of the pool on purpose, and would starve one another.
[Collection("cells")]
[SuppressMessage("Design", "CA1001", Justification = "The runner calls DisposeAsync of IAsyncLifetime.")]
public abstract class CellChannelTests(string protocol, string encoding, string loop) : ChannelConformance, IAsyncLifetime
{
    private readonly Combinations _combinations = new();
    private readonly LoopDriver _driver = Loops.All[loop]();
    private readonly CancellationTokenSource _ended = new();
    private ChannelSetup? _setup;
    private Task? _driving;

    public async Task InitializeAsync()
    {
        _setup = await _combinations.OfAsync(protocol, encoding, _driver.Loop);
        _driving = Task.Run(DriveAsync);
    }

    public async Task DisposeAsync()
    {
        await _combinations.DisposeAsync();
        await _ended.CancelAsync();
        await _driving!.WaitAsync(TimeSpan.FromSeconds(30));
        await _driver.DisposeAsync();
        _ended.Dispose();
    }

    protected override ChannelSetup CreateSetup() => _setup!;

    private async Task DriveAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        while (!_ended.IsCancellationRequested)
        {
            _driver.Drive();
            await timer.WaitForNextTickAsync();
        }
    }
}
