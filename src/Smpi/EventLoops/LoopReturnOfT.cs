using System.Threading.Tasks.Sources;

namespace Smpi;

/// <summary>One await after the other that completes on an event loop, whatever thread the awaited work ends on.</summary>
/// <remarks>
/// The work belongs to one awaiter at a time: <see cref="Of(ValueTask{T})"/> is called again only after the result was taken. It is watched
/// from when somebody awaits it. Until then its own state counts, so an awaiter either hears that it has ended or has registered before.
/// </remarks>
internal sealed class LoopReturn<T>(IEventLoopBinding loop, ChannelDiagnostics diagnostics)
    : IValueTaskSource<T>, IValueTaskSource, IThreadPoolWorkItem
{
    private ManualResetValueTaskSourceCore<T> _source;
    private ValueTask<T> _work;
    private ContextReturn? _return;
    private Action? _ended;
    private bool _isAwaited;

    /// <summary>Whether a loop is passed over that nobody has run yet.</summary>
    public bool PassesIdleLoop { get; init; }

    public ValueTask<T> Of(ValueTask<T> work)
    {
        if (work.IsCompleted) return work;
        _work = work;
        return new ValueTask<T>(this, _source.Version);
    }

    public ValueTask Of(ValueTask work)
    {
        if (work.IsCompleted) return work;
        _work = ResultAsync(work);
        return new ValueTask(this, _source.Version);
    }

    void IThreadPoolWorkItem.Execute() => Complete(null);

    T IValueTaskSource<T>.GetResult(short token) => Take(token);

    void IValueTaskSource.GetResult(short token) => Take(token);

    public ValueTaskSourceStatus GetStatus(short token)
    {
        ValueTaskSourceStatus status = _source.GetStatus(token);
        if (_isAwaited || !_work.IsCompleted) return status;
        if (_work.IsCompletedSuccessfully) return ValueTaskSourceStatus.Succeeded;
        return _work.IsCanceled ? ValueTaskSourceStatus.Canceled : ValueTaskSourceStatus.Faulted;
    }

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
    {
        ContextReturn.OnCompleted(ref _source, ref _return, continuation, state, token, flags);
        _isAwaited = true;
        _work.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(_ended ??= Ended);
    }

    private static async ValueTask<T> ResultAsync(ValueTask work)
    {
        await work.ConfigureAwait(false);
        return default!;
    }

    private T Take(short token)
    {
        try
        {
            if (_isAwaited || _source.GetStatus(token) != ValueTaskSourceStatus.Pending) return _source.GetResult(token);
            if (!_work.IsCompleted) throw new InvalidOperationException("The call has not ended: await it.");
            return TakeWork();
        }
        finally
        {
            _isAwaited = false;
            _source.Reset();
        }
    }

    private T TakeWork()
    {
        ValueTask<T> work = _work;
        _work = default;
        return work.GetAwaiter().GetResult();
    }

    private void Ended()
    {
        if (LoopReturn.IsHere(loop) || (PassesIdleLoop && loop is PumpedLoop { HasRun: false }))
        {
            Complete(null);
            return;
        }

        try
        {
            loop.Post(this);
        }
        catch (Exception error)
        {
            // A caller must come to an end somewhere, also when the loop has ended.
            Complete(CallFailures.LoopEnded(error));
        }
    }

    private void Complete(ChannelClosedException? refused)
    {
        try
        {
            T result;
            try
            {
                result = TakeWork();
                if (refused is not null) throw refused;
            }
            catch (Exception error)
            {
                _source.SetException(error);
                return;
            }

            _source.SetResult(result);
        }
        catch (Exception error)
        {
            // A continuation that was hung on by hand, or a context that fails: neither may end the thread.
            diagnostics.Report(LoopFailures.Name, error);
        }
    }
}
