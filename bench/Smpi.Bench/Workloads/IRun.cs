namespace Smpi.Bench;

/// <summary>A workload that is ready.</summary>
internal interface IRun : IAsyncDisposable
{
    /// <summary>Works for about the given time, records how long single operations took, and says how many there were.</summary>
    Task<long> RunAsync(TimeSpan time, Latency latency);
}
