namespace Smpi;

/// <summary>Stand-in.</summary>
public sealed class SmpiBuilder : ISmpiBuilder
{
    private readonly Dictionary<Type, object> _settings = [];

    /// <inheritdoc/>
    public void Register(ProviderEntry entry) { }

    /// <inheritdoc/>
    public T Settings<T>() where T : class, new()
    {
        if (_settings.TryGetValue(typeof(T), out object? v)) return (T)v;
        var n = new T();
        _settings[typeof(T)] = n;
        return n;
    }

    internal ChannelPlan Build()
    {
        var p = Settings<ChannelParts>();
        return new ChannelPlan { Protocol = p.Protocol!, Format = p.Format!, Encodings = [.. p.Encodings], EventLoop = p.EventLoop ?? new ThreadPoolLoop(), Layers = [.. p.Layers], Limits = p.Limits, TimeProvider = p.TimeProvider, Options = Settings<ChannelOptions>(), Listen = p.Listen };
    }
}
