namespace Smpi;

/// <summary>Makes channels and servers of what a builder collected.</summary>
public static class ChannelFactory
{
    /// <summary>Checks the parts and makes the channel; it connects at first use.</summary>
    /// <param name="builder">The builder, frozen by this call.</param>
    /// <exception cref="SmpiConfigurationException">The parts do not fit together; the message says which and why.</exception>
    public static ISmpiChannel BuildChannel(this SmpiBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ChannelPlan plan = builder.Build();
        if (plan.Listen) throw new SmpiConfigurationException($"'{plan.Address}' is to be listened on: make a server of it, or use 'Address' instead of 'Listen'.");
        (plan.Protocol as IReservingProtocol)?.Reserve();
        return new ConnectingChannel(plan, new Router(builder.Settings<HandlerSettings>()));
    }

    /// <summary>Checks the parts and makes the server; it listens when it is told to.</summary>
    /// <param name="builder">The builder, frozen by this call.</param>
    /// <exception cref="SmpiConfigurationException">The parts do not fit together; the message says which and why.</exception>
    public static ISmpiServer BuildServer(this SmpiBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ChannelPlan plan = builder.Build();
        if (!plan.Listen) throw Connects(plan.Protocol);
        if (plan.Protocol is not IServerProtocol) throw new SmpiConfigurationException($"The protocol '{plan.Protocol.Name}' cannot listen: connect with it, or choose one that can, such as 'tcp'.");
        (plan.Protocol as IReservingProtocol)?.Reserve();
        return new ListeningServer(plan, new Router(builder.Settings<HandlerSettings>()), builder.Settings<PeerSettings>());
    }

    private static SmpiConfigurationException Connects(IProtocol protocol) => new(
        $"'{AddressText.Shown(protocol.ToString() ?? protocol.Name)}' is to be connected to, and a server listens: use a ListenX method, such as ListenTcp, "
        + "or ListenOn(address) instead of UseX and UseAddress; or make a channel of it with SmpiChannel.Create.");
}
