namespace Smpi;

/// <summary>Makes servers without dependency injection.</summary>
public static class SmpiServer
{
    /// <summary>Puts a server together; it listens when <see cref="ISmpiServer.ListenAsync"/> is called.</summary>
    /// <param name="configure">Composes the server with <c>ListenX</c> and <c>Handle</c> extensions.</param>
    /// <exception cref="SmpiConfigurationException">The parts do not fit together; the message says which and why.</exception>
    public static ISmpiServer Create(Action<SmpiBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var builder = new SmpiBuilder();
        configure(builder);
        return builder.BuildServer();
    }
}
