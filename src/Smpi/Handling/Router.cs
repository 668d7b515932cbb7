using System.Collections.Frozen;

namespace Smpi;

/// <summary>What a side answers, by subject. Frozen when the first channel is made of it, and shared by all peers of a server.</summary>
internal sealed class Router
{
    private readonly FrozenDictionary<string, HandlerEntry> _handlers;

    public Router(HandlerSettings settings)
    {
        _handlers = settings.Handlers.ToFrozenDictionary(entry => entry.Subject, StringComparer.Ordinal);
        EventHandlers = [.. settings.EventHandlers];
        Scopes = settings.Scopes;
    }

    public IReadOnlyList<EventHandlerEntry> EventHandlers { get; }

    public ICallScopeFactory? Scopes { get; }

    public IEnumerable<HandlerEntry> Handlers => _handlers.Values;

    public HandlerEntry? Find(string subject) => _handlers.GetValueOrDefault(subject);

    /// <summary>The answer to a subject that nothing handles.</summary>
    /// <param name="subject">The subject.</param>
    /// <param name="list">Whether to list what is handled.</param>
    public Fault Unknown(string subject, bool list)
    {
        if (!list) return new Fault(ErrorCode.Unimplemented, $"Nothing handles '{subject}'.");
        string known = _handlers.Count == 0 ? "nothing" : string.Join(", ", _handlers.Keys.Order(StringComparer.Ordinal).Take(20).Select(key => $"'{key}'"));
        return new Fault(ErrorCode.Unimplemented, $"Nothing handles '{subject}'. Known here: {known}{(_handlers.Count > 20 ? ", ..." : "")}.");
    }
}
