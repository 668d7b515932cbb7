using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Smpi;

/// <summary>One token that ends everything pending on a transport. A caller's token ends the transport with it, as the contract says.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A source without a timer holds nothing to dispose, and the token must stay usable after the end.")]
internal sealed class TransportLifetime
{
    private readonly CancellationTokenSource _source = new();
    private int _disposed;

    public TransportLifetime() => Token = _source.Token;

    public CancellationToken Token { get; }

    public bool IsDisposed => Volatile.Read(ref _disposed) != 0;

    /// <summary>True for the first caller only.</summary>
    public bool TryDispose() => Interlocked.Exchange(ref _disposed, 1) == 0;

    public void End() => _source.Cancel();

    /// <summary>Waits for an operation that was started with <see cref="Token"/>, and ends it when the caller's token fires.</summary>
    public ValueTask<T> Until<T>(ValueTask<T> operation, CancellationToken ct) => !ct.CanBeCanceled || operation.IsCompleted ? operation : LinkedAsync(operation, ct);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<T> LinkedAsync<T>(ValueTask<T> operation, CancellationToken ct)
    {
        using CancellationTokenRegistration registration = ct.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _source);
        return await operation.ConfigureAwait(false);
    }
}
