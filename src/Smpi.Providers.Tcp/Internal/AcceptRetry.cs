using System.Net.Sockets;

namespace Smpi;

/// <summary>What a listener does when accepting one peer fails: it goes on, slower while the system has nothing left to give.</summary>
internal sealed class AcceptRetry(string address, ConnectionOptions options)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    private TimeSpan _pause = First;

    public void Succeeded() => _pause = First;

    public async ValueTask AfterAsync(Exception error, CancellationToken ct)
    {
        // The peer left before it was accepted: no reason to make the next one wait.
        if (error is SocketException { SocketErrorCode: SocketError.ConnectionAborted or SocketError.ConnectionReset or SocketError.Interrupted }) return;
        options.Notes?.Invoke(new ConnectionNote("listener", $"{address} could not accept a peer and tries again in {_pause.TotalMilliseconds:0} ms: {error.Message}"));
        await Task.Delay(_pause, options.TimeProvider, ct).ConfigureAwait(false);
        _pause = TimeSpan.FromTicks(Math.Min(_pause.Ticks * 2, Longest.Ticks));
    }
}
