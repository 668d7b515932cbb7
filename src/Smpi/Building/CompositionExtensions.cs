namespace Smpi;

/// <summary>The parts of a channel that need no provider package.</summary>
public static class CompositionExtensions
{
    /// <summary>Connects to an address; what it names replaces what was said in code.</summary>
    /// <typeparam name="TBuilder">The builder, inferred.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="address">The address.</param>
    public static TBuilder UseAddress<TBuilder>(this TBuilder builder, string address)
        where TBuilder : ISmpiBuilder => With<TBuilder, ChannelParts>(builder, parts => (parts.Address, parts.Listen) = (address, false));

    /// <summary>Listens on an address; what it names replaces what was said in code.</summary>
    /// <typeparam name="TBuilder">The builder, inferred.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="address">The address; port 0 takes any free port.</param>
    public static TBuilder ListenOn<TBuilder>(this TBuilder builder, string address)
        where TBuilder : ISmpiBuilder => With<TBuilder, ChannelParts>(builder, parts => (parts.Address, parts.Listen) = (address, true));

    /// <summary>Uses a protocol object.</summary>
    /// <typeparam name="TBuilder">The builder, inferred.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="protocol">The protocol.</param>
    public static TBuilder UseProtocol<TBuilder>(this TBuilder builder, IProtocol protocol)
        where TBuilder : ISmpiBuilder => With<TBuilder, ChannelParts>(builder, parts => (parts.Protocol, parts.Listen) = (protocol, false));

    /// <summary>Listens on a protocol object.</summary>
    /// <typeparam name="TBuilder">The builder, inferred.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="protocol">The protocol.</param>
    public static TBuilder ListenOn<TBuilder>(this TBuilder builder, IServerProtocol protocol)
        where TBuilder : ISmpiBuilder => With<TBuilder, ChannelParts>(builder, parts => (parts.Protocol, parts.Listen) = (protocol, true));

    /// <summary>Uses a wire format object.</summary>
    /// <typeparam name="TBuilder">The builder, inferred.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="format">The format.</param>
    public static TBuilder UseFormat<TBuilder>(this TBuilder builder, IWireFormat format)
        where TBuilder : ISmpiBuilder => With<TBuilder, ChannelParts>(builder, parts => parts.Format = format);

    /// <summary>Adds an encoding object; the first one added is the one preferred.</summary>
    /// <typeparam name="TBuilder">The builder, inferred.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="encoding">The encoding.</param>
    public static TBuilder UseEncoding<TBuilder>(this TBuilder builder, IEncoding encoding)
        where TBuilder : ISmpiBuilder => With<TBuilder, ChannelParts>(builder, parts => parts.Encodings.Add(encoding));

    /// <summary>Runs handlers, events and completions on a loop.</summary>
    /// <remarks>
    /// What a caller awaits continues on the loop: answers, items and ends of streams, failures, cancellations, and waits for a connection,
    /// a place or room. Code that has a synchronization context or a task scheduler of its own comes back to that, and a result that is
    /// there already is taken where the caller is. Await the call itself: an await of a <see cref="Task"/> made of it, or of an async method
    /// around it, continues on the thread pool, as everywhere in .NET, unless the awaiting code captured a context. While nobody pumps a
    /// <see cref="PumpedLoop"/>, nothing that is awaited completes, failures and cancellations included; only connecting does not wait for
    /// a loop that was never pumped. On a loop that has ended, calls fail with <see cref="ChannelClosedException"/>. Disposing a channel
    /// does not need its loop.
    /// </remarks>
    /// <typeparam name="TBuilder">The builder, inferred.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="loop">The loop; its owner ends it.</param>
    public static TBuilder RunOn<TBuilder>(this TBuilder builder, IEventLoopBinding loop)
        where TBuilder : ISmpiBuilder => With<TBuilder, ChannelParts>(builder, parts => parts.EventLoop = loop);

    /// <summary>Puts a decorator around every connection; the first one added is innermost.</summary>
    /// <typeparam name="TBuilder">The builder, inferred.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="layer">Makes the decorator, which disposes what it decorates.</param>
    public static TBuilder UseLayer<TBuilder>(this TBuilder builder, Func<IConnection, IConnection> layer)
        where TBuilder : ISmpiBuilder => With<TBuilder, ChannelParts>(builder, parts => parts.Layers.Add(layer));

    /// <summary>Sets what this side takes from a peer.</summary>
    /// <typeparam name="TBuilder">The builder, inferred.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="limits">The limits.</param>
    public static TBuilder WithLimits<TBuilder>(this TBuilder builder, SmpiLimits limits)
        where TBuilder : ISmpiBuilder => With<TBuilder, ChannelParts>(builder, parts => parts.Limits = limits);

    /// <summary>Changes what this side takes from a peer.</summary>
    /// <typeparam name="TBuilder">The builder, inferred.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="change">Makes the new limits of the old ones.</param>
    public static TBuilder WithLimits<TBuilder>(this TBuilder builder, Func<SmpiLimits, SmpiLimits> change)
        where TBuilder : ISmpiBuilder => With<TBuilder, ChannelParts>(builder, parts => parts.Limits = change(parts.Limits));

    /// <summary>Uses another clock, for tests and simulations.</summary>
    /// <typeparam name="TBuilder">The builder, inferred.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="clock">The clock.</param>
    public static TBuilder WithClock<TBuilder>(this TBuilder builder, TimeProvider clock)
        where TBuilder : ISmpiBuilder => With<TBuilder, ChannelParts>(builder, parts => parts.TimeProvider = clock);

    /// <summary>Sets the deadline of typed unary calls that name none.</summary>
    /// <typeparam name="TBuilder">The builder, inferred.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="deadline">The time; infinite for none.</param>
    public static TBuilder WithDeadline<TBuilder>(this TBuilder builder, TimeSpan deadline)
        where TBuilder : ISmpiBuilder => With<TBuilder, ChannelOptions>(builder, options => options.Deadline = deadline);

    /// <summary>Sets how the channel comes back after a loss.</summary>
    /// <typeparam name="TBuilder">The builder, inferred.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="reconnect">The rules.</param>
    public static TBuilder WithReconnect<TBuilder>(this TBuilder builder, ReconnectOptions reconnect)
        where TBuilder : ISmpiBuilder => With<TBuilder, ChannelOptions>(builder, options => options.Reconnect = reconnect);

    /// <summary>Changes how the channel behaves.</summary>
    /// <typeparam name="TBuilder">The builder, inferred.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="change">Changes the options.</param>
    public static TBuilder WithOptions<TBuilder>(this TBuilder builder, Action<ChannelOptions> change)
        where TBuilder : ISmpiBuilder => With(builder, change);

    /// <summary>Is told of every new peer of a server.</summary>
    /// <typeparam name="TBuilder">The builder, inferred.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="connected">Must not block.</param>
    public static TBuilder OnPeer<TBuilder>(this TBuilder builder, Action<ISmpiPeer> connected)
        where TBuilder : ISmpiBuilder => With<TBuilder, PeerSettings>(builder, settings => settings.Connected += connected);

    /// <summary>Is told of every peer of a server that is gone, after the events that came of it were handled; its status says why.</summary>
    /// <typeparam name="TBuilder">The builder, inferred.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="gone">Must not block.</param>
    public static TBuilder OnPeerGone<TBuilder>(this TBuilder builder, Action<ISmpiPeer> gone)
        where TBuilder : ISmpiBuilder => With<TBuilder, PeerSettings>(builder, settings => settings.Disconnected += gone);

    /// <summary>Calls something whenever the channel has a connection, the first one and each later one: the place to join groups again.</summary>
    /// <typeparam name="TBuilder">The builder, inferred.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="connected">Other calls do not wait for it; the token fires when that connection is lost.</param>
    public static TBuilder OnConnected<TBuilder>(this TBuilder builder, Func<ISmpiChannel, CancellationToken, ValueTask> connected)
        where TBuilder : ISmpiBuilder =>
        With<TBuilder, ChannelOptions>(builder, options => options.Connected = options.Connected is { } before ? Both(before, connected) : connected);

    private static Func<ISmpiChannel, CancellationToken, ValueTask> Both(
        Func<ISmpiChannel, CancellationToken, ValueTask> first, Func<ISmpiChannel, CancellationToken, ValueTask> second) => async (channel, lost) =>
    {
        await first(channel, lost).ConfigureAwait(false);
        await second(channel, lost).ConfigureAwait(false);
    };

    private static TBuilder With<TBuilder, TSettings>(TBuilder builder, Action<TSettings> change)
        where TBuilder : ISmpiBuilder
        where TSettings : class, new()
    {
        ArgumentNullException.ThrowIfNull(change);
        if (builder is SmpiBuilder own) own.ThrowIfBuilt();
        change(builder.Settings<TSettings>());
        return builder;
    }
}
