namespace Smpi;

/// <summary>The handlers of a channel or a server, as its builder collects them.</summary>
public sealed class HandlerSettings
{
    private readonly Dictionary<string, HandlerEntry> _handlers = new(StringComparer.Ordinal);
    private readonly List<EventHandlerEntry> _events = [];

    /// <summary>Makes the services of every call; null when there are none.</summary>
    public ICallScopeFactory? Scopes { get; set; }

    /// <summary>The subjects that are answered.</summary>
    public IReadOnlyCollection<string> Subjects => _handlers.Keys;

    internal IEnumerable<HandlerEntry> Handlers => _handlers.Values;

    internal IEnumerable<EventHandlerEntry> EventHandlers => _events;

    internal void Add(HandlerEntry entry)
    {
        if (_handlers.TryAdd(entry.Subject, entry)) return;
        throw new SmpiConfigurationException($"The subject '{entry.Subject}' has two handlers. Remove one, or give one of the records another subject with [SmpiMessage].");
    }

    internal void Add(EventHandlerEntry entry) => _events.Add(entry);
}
