namespace Smpi;

/// <summary>How a channel behaves, whatever it is put together from.</summary>
public sealed class ChannelOptions
{
    /// <summary>The deadline of typed unary calls that name none. Default 100 s; <see cref="Timeout.InfiniteTimeSpan"/> for none.</summary>
    public TimeSpan Deadline { get; set; } = TimeSpan.FromSeconds(100);

    /// <summary>How the channel comes back after a loss.</summary>
    public ReconnectOptions Reconnect { get; set; } = new();

    /// <summary>Whether the text of unexpected handler exceptions is sent to the caller. Default false: it stays home.</summary>
    public bool ShowErrors { get; set; }

    /// <summary>Handlers of one peer that may run at the same time; further requests wait in order. Default 1,024.</summary>
    public int Concurrency { get; set; } = 1024;

    /// <summary>How the calls of a peer are brought to the event loop.</summary>
    public Dispatch Dispatch { get; set; }

    /// <summary>Told once of what user code threw, with the subject or the name of the callback. Null: nobody is told.</summary>
    /// <remarks>May be called from any thread. What it throws itself is lost.</remarks>
    public Action<string, Exception>? Errors { get; set; }

    /// <summary>Told of what a protocol noticed that is no message: a line a child wrote to its standard error, a refused handshake. Null: nobody is told.</summary>
    public Action<ConnectionNote>? Notes { get; set; }

    /// <summary>Told whenever the state of a connecting channel changes. Must not block. Null: nobody is told.</summary>
    public Action<ChannelState>? StateChanged { get; set; }

    /// <summary>
    /// Called whenever a connecting channel has a connection, the first one and each later one: the place to join groups again.
    /// <see cref="ChannelStatus.Generation"/> is 1 for the first. Other calls do not wait for it; its token fires when that connection is lost, and what it
    /// throws goes to <see cref="Errors"/>. May be called from any thread. Null: nobody is called.
    /// </summary>
    public Func<ISmpiChannel, CancellationToken, ValueTask>? Connected { get; set; }

    /// <summary>A copy, so that what is changed in a builder later does not reach a channel that was made.</summary>
    internal ChannelOptions Clone() => (ChannelOptions)MemberwiseClone();
}
