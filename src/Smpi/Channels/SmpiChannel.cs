namespace Smpi;

/// <summary>Makes channels without dependency injection.</summary>
/// <remarks>The package <c>Smpi.All</c> adds <c>SmpiChannel.ConnectAsync(address)</c>.</remarks>
public static class SmpiChannel
{
    /// <summary>Puts a channel together; it connects at first use.</summary>
    /// <param name="configure">Composes the channel with <c>UseX</c> and <c>Handle</c> extensions.</param>
    /// <exception cref="SmpiConfigurationException">The parts do not fit together; the message says which and why.</exception>
    public static ISmpiChannel Create(Action<SmpiBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var builder = new SmpiBuilder();
        configure(builder);
        return builder.BuildChannel();
    }
}
