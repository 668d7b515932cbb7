namespace Smpi.Bench;

/// <summary>Processes that run workloads.</summary>
internal interface IPlace : IAsyncDisposable
{
    /// <summary>Makes a workload ready.</summary>
    Task OpenAsync(Workload workload);

    /// <summary>Runs it for about the given time.</summary>
    Task<Round> RunAsync(Workload workload, TimeSpan time);

    /// <summary>Ends it.</summary>
    Task CloseAsync(Workload workload);
}
