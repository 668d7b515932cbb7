using System.Runtime.CompilerServices;

namespace Smpi;

/// <summary>Everything a channel or a server needs, resolved and checked.</summary>
internal sealed record ChannelPlan
{
    private StrongBox<CallLimit>? _callLimit;

    /// <summary>The name of the channel in configuration; empty for the default one.</summary>
    public string Name { get; init; } = "";

    public required IProtocol Protocol { get; init; }

    /// <summary>The protocol that code chose, whose guards the one of the address has to have.</summary>
    public IProtocol? Given { get; init; }

    /// <summary>The channel, for error messages.</summary>
    public string Whose => Name.Length == 0 ? "The channel" : $"The channel '{Name}'";

    public bool Listen { get; init; }

    public required IWireFormat Format { get; init; }

    /// <summary>Best first, at least one.</summary>
    public required IReadOnlyList<IEncoding> Encodings { get; init; }

    public required IEventLoopBinding EventLoop { get; init; }

    public IReadOnlyList<Func<IConnection, IConnection>> Layers { get; init; } = [];

    public SmpiLimits Limits { get; init; } = SmpiLimits.Default;

    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    public ChannelOptions Options { get; init; } = new();

    public MiddlewareSettings Middleware { get; init; } = new();

    /// <summary>Whether the loop ends with the channel.</summary>
    public bool OwnsEventLoop { get; init; }

    /// <summary>The randomness of waits between attempts.</summary>
    public Random Random { get; init; } = Random.Shared;

    /// <summary>Looks after the lanes of all links.</summary>
    public LaneWatch Watch { get; } = new();

    /// <summary>The address, for people.</summary>
    public string Address { get; init; } = "";

    /// <summary>The limit of a typed call that names none, once the plan is complete.</summary>
    public CallLimit CallLimit => (_callLimit ??= new StrongBox<CallLimit>(new CallLimit(Options.Deadline, TimeProvider))).Value;
}
