namespace Smpi;

/// <summary>Puts a channel or a server together: sugar over the constructors of the parts. Frozen when it is built.</summary>
/// <remarks>What was made keeps the parts, options and limits of that moment. Afterwards settings can be looked at, and the builder's methods throw <see cref="InvalidOperationException"/>.</remarks>
public sealed class SmpiBuilder : ISmpiBuilder
{
    private readonly Dictionary<Type, object> _settings = [];
    private readonly SmpiProviders _providers;
    private bool _built;

    /// <summary>Makes a builder with what the core itself has.</summary>
    public SmpiBuilder()
        : this(new SmpiProviders())
    {
    }

    /// <summary>Makes a builder whose addresses may name certain providers.</summary>
    /// <param name="providers">The providers.</param>
    public SmpiBuilder(SmpiProviders providers)
    {
        ArgumentNullException.ThrowIfNull(providers);
        _providers = providers;
    }

    /// <inheritdoc/>
    public void Register(ProviderEntry entry)
    {
        ThrowIfBuilt();
        _providers.Register(entry);
    }

    /// <inheritdoc/>
    public T Settings<T>()
        where T : class, new()
    {
        if (_settings.TryGetValue(typeof(T), out object? known)) return (T)known;
        ThrowIfBuilt();
        var made = new T();
        _settings.Add(typeof(T), made);
        return made;
    }

    /// <summary>The protocol that the code, the address and the configuration choose so far; null when they choose none. Nothing is opened.</summary>
    /// <exception cref="SmpiConfigurationException">The address cannot be read, or names what is not there.</exception>
    public IProtocol? FindProtocol()
    {
        if (_built) return null;
        return new Planner(_providers).FindProtocol("", Settings<ChannelParts>(), Settings<NamedParts>(), Settings<ChannelOptions>());
    }

    internal void ThrowIfBuilt()
    {
        if (_built) throw new InvalidOperationException("The builder has made its channel or server and can no longer be changed: use another builder.");
    }

    internal ChannelPlan Build(string name = "")
    {
        _ = Settings<HandlerSettings>();
        _ = Settings<PeerSettings>();
        ChannelPlan plan = new Planner(_providers).Plan(name, Settings<ChannelParts>(), Settings<NamedParts>(), Settings<ChannelOptions>(), Settings<MiddlewareSettings>());
        _built = true;
        return plan;
    }
}
