namespace Smpi;

/// <summary>The services of one call, made when the first one is asked for.</summary>
internal sealed class CallServices : IAsyncDisposable
{
    private readonly ICallScopeFactory? _factory;
    private readonly CallContext _context;
    private ICallScope? _scope;

    public CallServices(InboundCall call)
    {
        _factory = call.Link.Owner.Router.Scopes;
        _context = call.Context;
    }

    public CallServices(EventOrigin origin, string subject, CancellationToken ct)
    {
        _factory = origin.Channel.Router.Scopes;
        _context = new CallContext(subject, origin, ct);
    }

    public T Get<T>()
        where T : notnull
    {
        if (typeof(T) == typeof(CallContext)) return (T)(object)_context;
        if (typeof(T) == typeof(ISmpiPeer) && _context.Peer is T peer) return peer;
        if (_factory is not null)
        {
            _scope ??= _factory.Create(_context);
            if (_scope.Services.GetService(typeof(T)) is T service) return service;
        }

        if (typeof(T) == typeof(ISmpiChannel)) return (T)_context.Caller;
        throw new InvalidOperationException(_factory is null
            ? $"The handler of '{_context.Subject}' needs a {typeof(T).Name}, and the channel has no services: build it with AddSmpi, or capture the object in the lambda."
            : $"The handler of '{_context.Subject}' needs a {typeof(T).Name}, which is not registered as a service.");
    }

    // The call has its answer by now: a service that cannot be disposed is reported and changes nothing.
    public ValueTask DisposeAsync() =>
        _scope is null ? default : UserCode.DisposeAsync(_scope, _context.Owner.Diagnostics, _context.Subject);
}
