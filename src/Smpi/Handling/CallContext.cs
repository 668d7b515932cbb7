using System.Security.Claims;

namespace Smpi;

/// <summary>What a handler may know of its call.</summary>
public sealed class CallContext
{
    private readonly InboundCall? _call;
    private readonly CancellationToken _aborted;
    private readonly long _due;
    private ISmpiChannel? _view;
    private volatile bool _frozen;

    internal CallContext(InboundCall call)
    {
        _call = call;
        _due = call.Due;
        _aborted = call.Aborted;
        Subject = call.Subject;
        Headers = call.Headers;
        Owner = call.Link.Owner;
        Connection = call.Link.Connection.Info;
    }

    internal CallContext(string subject, EventOrigin origin, CancellationToken aborted)
    {
        _due = long.MaxValue;
        _aborted = aborted;
        Subject = subject;
        Headers = origin.Headers;
        Owner = origin.Channel;
        Connection = origin.Channel.Status.Connection;
    }

    /// <summary>What the request is about.</summary>
    public string Subject { get; }

    /// <summary>The header fields that came with it; null for none.</summary>
    public Headers? Headers { get; }

    /// <summary>The connection it came by.</summary>
    public ConnectionInfo? Connection { get; }

    /// <summary>Who calls, where the protocol can tell.</summary>
    public ClaimsPrincipal? User => Connection?.User;

    /// <summary>The caller. Calls through it inherit what is left of this call's deadline and end with it.</summary>
    public ISmpiChannel Caller => _view ??= new InheritingChannel(Owner, _due, _aborted);

    /// <summary>The caller as a peer of a server; null when this side connected.</summary>
    public ISmpiPeer? Peer => Owner as ISmpiPeer;

    /// <summary>Fires when the caller cancels or is gone, at its deadline, and when this side stops.</summary>
    public CancellationToken Aborted => _aborted;

    /// <summary>Whether the handler has ended, so that nothing can be answered any more.</summary>
    public bool HasEnded => _frozen;

    /// <summary>What is left of the caller's time; infinite when it named no deadline.</summary>
    public TimeSpan TimeLeft
    {
        get
        {
            if (_due == long.MaxValue) return Timeout.InfiniteTimeSpan;
            TimeSpan left = Owner.Time.GetElapsedTime(Owner.Time.GetTimestamp(), _due);
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    internal ChannelBase Owner { get; }

    internal ISmpiChannel View(ChannelBase channel) => ReferenceEquals(channel, Owner) ? Caller : new InheritingChannel(channel, _due, _aborted);

    internal void Freeze() => _frozen = true;
}
