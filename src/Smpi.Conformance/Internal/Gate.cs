namespace Smpi.Conformance;

/// <summary>A handler that tells when it started and whether it was cancelled, and ends when a test says so.</summary>
internal sealed class Gate
{
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Started => _started.Task.Soon();

    public Task Cancelled => _cancelled.Task.Soon();

    public bool WasCancelled => _cancelled.Task.IsCompleted;

    public void Open() => _opened.TrySetResult();

    /// <summary>Waits until the gate opens or the token is cancelled.</summary>
    public async ValueTask PassAsync(CancellationToken ct)
    {
        await using CancellationTokenRegistration registration = ct.Register(() => _cancelled.TrySetResult());
        _started.TrySetResult();
        await Task.WhenAny(_opened.Task, _cancelled.Task);
        ct.ThrowIfCancellationRequested();
    }

    public async ValueTask<Pong> AnswerAsync(int number, CancellationToken ct)
    {
        await PassAsync(ct);
        return new Pong(number, "passed");
    }
}
