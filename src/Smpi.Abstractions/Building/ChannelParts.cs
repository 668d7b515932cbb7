namespace Smpi;

/// <summary>What a channel is put together from in code. What stays null is taken from the address, from configuration, or from the defaults.</summary>
public sealed class ChannelParts
{
    /// <summary>How a peer is reached, or how peers reach this side.</summary>
    public IProtocol? Protocol { get; set; }

    /// <summary>Whether to listen on <see cref="Protocol"/> instead of connecting.</summary>
    public bool Listen { get; set; }

    /// <summary>The wire format; null for the native one.</summary>
    public IWireFormat? Format { get; set; }

    /// <summary>The encodings, best first; empty for the format's default.</summary>
    public IList<IEncoding> Encodings { get; } = [];

    /// <summary>Where handlers, events and completions run; null for the thread pool.</summary>
    public IEventLoopBinding? EventLoop { get; set; }

    /// <summary>Decorators around every connection, the first one innermost.</summary>
    public IList<Func<IConnection, IConnection>> Layers { get; } = [];

    /// <summary>What this side takes from a peer.</summary>
    public SmpiLimits Limits { get; set; } = SmpiLimits.Default;

    /// <summary>The clock.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>An address that names the rest; parts set in code are replaced by what it names.</summary>
    public string? Address { get; set; }

    /// <summary>Replaces the protocol that would be used, given its description; for tests. Null: no replacement.</summary>
    public Func<string, IProtocol>? Replacement { get; set; }
}
