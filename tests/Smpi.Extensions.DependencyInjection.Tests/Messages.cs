using Microsoft.Extensions.DependencyInjection;

namespace Smpi.Extensions.DependencyInjection.Tests;

internal sealed record Add(int Left, int Right) : IRequest<int>;

internal sealed record WhoCalls : IRequest<string>;

internal sealed record Relay(int Number) : IRequest<double>;

/// <summary>A scoped service that tells when it is disposed.</summary>
internal sealed class Counter(Counters counters) : IAsyncDisposable
{
    private bool _disposed;

    public int Add(int left, int right)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return left + right;
    }

    public ValueTask DisposeAsync()
    {
        _disposed = true;
        Interlocked.Increment(ref counters.Disposed);
        return default;
    }
}

internal sealed class Counters
{
    public int Disposed;
}

internal sealed class AddHandler(Counter counter) : IRequestHandler<Add, int>
{
    public ValueTask<int> HandleAsync(Add request, CallContext context, CancellationToken cancellationToken) => new(counter.Add(request.Left, request.Right));
}

internal sealed class Onward([FromKeyedServices("back")] ISmpiChannel back)
{
    public async ValueTask<double> AskAsync(int number, CancellationToken ct) => await back.RequestAsync<int, double>("left", number, ct);
}
