namespace Smpi;

/// <summary>How a channel comes back after a connection was lost or could not be made. The first connect follows the same rules.</summary>
public sealed record ReconnectOptions
{
    /// <summary>Whether to try again. False: the first failure closes the channel.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>The wait before the first retry. Default 100 ms.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest wait between attempts. Default 30 s.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How much each wait is longer than the one before. Default 2.</summary>
    public double Factor { get; init; } = 2;

    /// <summary>The share of a wait that is random, from 0 to 1, so that peers do not come back all at once. Default 0.3.</summary>
    public double Jitter { get; init; } = 0.3;

    /// <summary>
    /// How long a connection has to stand until it counts as healthy. Default 10 s. After a healthy one the first attempt is at once and the waits begin anew;
    /// connections that end sooner count as failures, so that a peer that closes each of them is not dialled without a pause.
    /// </summary>
    public TimeSpan HealthyAfter { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Attempts in a row that make no connection, before the channel gives up; null for no end.</summary>
    public int? MaxAttempts { get; init; }
}
