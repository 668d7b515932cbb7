using System.Net.Sockets;

namespace Smpi;

/// <summary>What a listener does when accepting one peer fails: it goes on, slower while the system has nothing left to give.</summary>
internal sealed class AcceptRetry(string address, ConnectionOptions options)
{
    private static readonly TimeSpan _first = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(1);

    private TimeSpan _pause = _first;

    public void Succeeded() => _pause = _first;

    public async ValueTask AfterAsync(Exception error, CancellationToken ct)
    {
        // The peer left before it was accepted: no reason to make the next one wait.
        if (error is SocketException { SocketErrorCode: SocketError.ConnectionAborted or SocketError.ConnectionReset or SocketError.Interrupted }) return;
        if (error is UnauthorizedAccessException)
        {
            // Waiting would let any user of the machine slow this listener down.
            options.Notes?.Invoke(new ConnectionNote("listener", $"{address} refused a peer of another user: {error.Message}"));
            return;
        }

        options.Notes?.Invoke(new ConnectionNote("listener", $"{address} could not accept a peer and tries again in {_pause.TotalMilliseconds:0} ms: {error.Message}"));
        await Task.Delay(_pause, options.TimeProvider, ct).ConfigureAwait(false);
        _pause = TimeSpan.FromTicks(Math.Min(_pause.Ticks * 2, _longest.Ticks));
    }
}
