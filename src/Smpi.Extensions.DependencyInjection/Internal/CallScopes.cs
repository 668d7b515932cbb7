using Microsoft.Extensions.DependencyInjection;

namespace Smpi;

/// <summary>A scope of services for every call.</summary>
internal sealed class CallScopes(IServiceScopeFactory factory) : ICallScopeFactory
{
    public ICallScope Create(CallContext context)
    {
        AsyncServiceScope scope = factory.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CallHolder>().Context = context;
        return new Scope(scope);
    }

    private sealed class Scope(AsyncServiceScope scope) : ICallScope
    {
        public IServiceProvider Services => scope.ServiceProvider;

        public ValueTask DisposeAsync() => scope.DisposeAsync();
    }
}
