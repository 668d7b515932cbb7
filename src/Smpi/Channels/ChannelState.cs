namespace Smpi;

/// <summary>What a channel is doing.</summary>
public enum ChannelState : byte
{
    /// <summary>Not connected and not trying: nothing was asked of it yet.</summary>
    Idle = 0,

    /// <summary>Making its first connection.</summary>
    Connecting = 1,

    /// <summary>Connected.</summary>
    Connected = 2,

    /// <summary>Waiting or trying to connect again.</summary>
    Reconnecting = 3,

    /// <summary>Closed for good.</summary>
    Closed = 4,
}
