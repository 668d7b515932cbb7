namespace Smpi;

/// <summary>Yields the one connection of this process, and then waits until it is disposed.</summary>
internal sealed class SingleListener(IConnection connection) : IListener
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IConnection? _unclaimed = connection;

    public string Address => "stdio:";

    public async ValueTask<IConnection?> AcceptAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _unclaimed, null) is { } first) return first;
        await _ended.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        return null;
    }

    public async ValueTask DisposeAsync()
    {
        _ended.TrySetResult();
        if (Interlocked.Exchange(ref _unclaimed, null) is { } unclaimed) await unclaimed.DisposeAsync().ConfigureAwait(false);
    }
}
