namespace Smpi;

/// <summary>One handshake that runs.</summary>
internal sealed class PendingHandshake(string origin, CancellationToken ended) : IDisposable
{
    private readonly CancellationTokenSource _source = CancellationTokenSource.CreateLinkedTokenSource(ended);
    private int _givenUp;

    private readonly long _began = TimeProvider.System.GetTimestamp();

    /// <summary>How long it has been running.</summary>
    public TimeSpan Age => TimeProvider.System.GetElapsedTime(_began);

    /// <summary>Where the peer comes from.</summary>
    public string Origin => origin;

    /// <summary>Whether it was given up for another one.</summary>
    public bool IsGivenUp => Volatile.Read(ref _givenUp) != 0;

    /// <summary>Fires when it is given up, or the listener ends.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Gives it up. The callbacks run elsewhere: closing a transport must not hold up the next accept.</summary>
    public void GiveUp()
    {
        Volatile.Write(ref _givenUp, 1);
        try
        {
            _ = _source.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // It ended at this moment.
        }
    }

    public void Dispose() => _source.Dispose();
}
