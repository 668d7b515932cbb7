using System.Diagnostics;

namespace Smpi;

/// <summary>Pings a silent peer, and ends the link of one that stays silent.</summary>
internal sealed class Heartbeat(Link link) : IDisposable
{
    private readonly TimeSpan _interval = link.OwnLimits.HeartbeatInterval;
    private ITimer? _timer;

    public void Start() => _timer = link.Time.CreateTimer(static state => ((Heartbeat)state!).Check(), this, _interval, _interval);

    public void Dispose() => _timer?.Dispose();

    private void Check()
    {
        IHopControl hop = link.Connection.Info.Hop!;
        TimeSpan silent = link.Time.GetElapsedTime(hop.LastReceived);
        if (silent >= link.OwnLimits.HeartbeatTimeout && !Debugger.IsAttached)
        {
            link.Fail(new ChannelClosedException(new CloseReason(
                ErrorCode.Unavailable, $"{link.Connection.Info.Remote} gave no sign of life for {silent.TotalSeconds:0} s.", ClosedBy.Transport)));
        }
        else if (silent >= _interval - TimeSpan.FromMilliseconds(50))
        {
            link.Outlet.Signal(static control => control.Ping());
        }
    }
}
