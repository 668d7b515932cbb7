namespace Smpi;

/// <summary>Puts a protocol into a builder.</summary>
internal static class BuilderParts
{
    public static TBuilder Set<TBuilder>(TBuilder builder, IProtocol protocol, bool listen)
        where TBuilder : ISmpiBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        ChannelParts parts = builder.Settings<ChannelParts>();
        parts.Protocol = protocol;
        parts.Listen = listen;
        return builder;
    }
}
