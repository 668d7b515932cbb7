using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Smpi;

/// <summary>One token that ends everything pending on a transport. A caller's token ends the transport with it, as the contract says.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A source without a timer holds nothing to dispose, and the token must stay usable after the end.")]
internal sealed class TransportLifetime
{
    private readonly CancellationTokenSource _source = new();
    private CancellationTokenSource? _receive;
    private int _disposed;

    public TransportLifetime() => Token = _source.Token;

    public CancellationToken Token { get; }

    public bool IsDisposed => Volatile.Read(ref _disposed) != 0;

    /// <summary>True for the first caller only.</summary>
    public bool TryDispose() => Interlocked.Exchange(ref _disposed, 1) == 0;

    /// <summary>The token of a receive that may be recalled; it fires at the end too.</summary>
    public CancellationToken ReceiveToken => (Volatile.Read(ref _receive) ?? NextReceive(null)).Token;

    public void End()
    {
        _source.Cancel();
        Volatile.Read(ref _receive)?.Cancel();
    }

    /// <summary>Ends what waits with <see cref="ReceiveToken"/>, and nothing else.</summary>
    public void Recall()
    {
        if (Volatile.Read(ref _receive) is not { } receive) return;
        NextReceive(receive);
        receive.Cancel();
    }

    /// <summary>Waits for an operation that was started with one of the tokens, and ends it when the caller's token fires.</summary>
    public ValueTask<T> Until<T>(ValueTask<T> operation, CancellationToken ct) => !ct.CanBeCanceled || operation.IsCompleted ? operation : LinkedAsync(operation, ct);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<T> LinkedAsync<T>(ValueTask<T> operation, CancellationToken ct)
    {
        using CancellationTokenRegistration registration = ct.UnsafeRegister(static life => ((TransportLifetime)life!).End(), this);
        return await operation.ConfigureAwait(false);
    }

    private CancellationTokenSource NextReceive(CancellationTokenSource? before)
    {
        var next = new CancellationTokenSource();
        CancellationTokenSource? found = Interlocked.CompareExchange(ref _receive, next, before);
        if (found != before) return found!;

        // The end may have come just before.
        if (_source.IsCancellationRequested) next.Cancel();
        return next;
    }
}
