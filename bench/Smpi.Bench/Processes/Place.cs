using System.Globalization;

namespace Smpi.Bench;

/// <summary>Two processes for the workloads of one wire, as a program that uses it would have: what the compiler learns from one wire does not serve another.</summary>
internal sealed class Place : IPlace
{
    private readonly CommandedProcess _client = CommandedProcess.StartClient();

    public async Task OpenAsync(Workload workload) => await _client.AskAsync($"open {workload.Name}");

    public async Task<Round> RunAsync(Workload workload, TimeSpan time) =>
        Round.Parse(await _client.AskAsync(string.Create(CultureInfo.InvariantCulture, $"run {time.TotalSeconds} {workload.Name}")));

    public async Task CloseAsync(Workload workload) => await _client.AskAsync($"close {workload.Name}");

    public ValueTask DisposeAsync() => _client.DisposeAsync();
}
