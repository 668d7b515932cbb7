using System.Runtime.CompilerServices;

namespace Smpi;

/// <summary>Reads a link's connection. It decodes and sorts messages; user code runs in lanes, never before the next read is under way.</summary>
internal sealed class LinkReader
{
    private const int Reading = 0;
    private const int Paused = 1;
    private const int HasStopped = 2;

    private readonly Link _link;
    private readonly MessageSorter _sorter;
    private readonly Action _continue;
    private TaskCompletionSource? _stopped;
    private int _state;
    private ConfiguredValueTaskAwaitable<bool>.ConfiguredValueTaskAwaiter _read;

    public LinkReader(Link link)
    {
        _link = link;
        _sorter = new MessageSorter(link);
        _continue = Continue;
    }

    /// <summary>Ends when nothing more is read and everything that was read is in its lane; for a link that has failed.</summary>
    public Task Stopped
    {
        get
        {
            // One that waits for a subscriber has handed over all that it read, and reads no more.
            if (Interlocked.CompareExchange(ref _state, HasStopped, Paused) != Reading) return Task.CompletedTask;
            TaskCompletionSource stopped = Volatile.Read(ref _stopped)
                ?? Interlocked.CompareExchange(ref _stopped, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), null) ?? _stopped;
            if (Volatile.Read(ref _state) == HasStopped) stopped.TrySetResult();
            return stopped.Task;
        }
    }

    public void Start() => ThreadPool.UnsafeQueueUserWorkItem(static reader => reader.Begin(), this, preferLocal: false);

    private void Begin()
    {
        try
        {
            if (Next()) Continue();
        }
        catch (Exception error)
        {
            Stop();
            _link.Fail(_link.AsClosed(error));
        }
    }

    private void Continue()
    {
        try
        {
            do
            {
                if (!_read.GetResult())
                {
                    PeerClosed();
                    return;
                }

                _link.ReadAt = _link.Time.GetTimestamp();
                _link.Connection.ReadAll(_sorter);
                if (_sorter.TakePause() is { } pause)
                {
                    ContinueAfter(pause);
                    return;
                }
            }
            while (Next());
        }
        catch (Exception error)
        {
            Kick();
            Stop();
            _link.Fail(_link.AsClosed(error));
        }
    }

    /// <summary>Begins the next read and lets the lanes run. True when the read has ended already, so that the caller goes on.</summary>
    private bool Next()
    {
        Publish();

        // Inline work runs on this thread in any case, and what it sends makes the peer answer.
        if (_link.Completions.IsInline) KickLanes();
        _read = _link.Connection.ReadAsync(CancellationToken.None).ConfigureAwait(false).GetAwaiter();
        if (_read.IsCompleted)
        {
            KickLanes();
            _link.Outlet.FlushAfterBatch();
            return true;
        }

        // The read is under way, so this thread is free to run a lane itself: the usual case needs no further thread.
        bool completions = _link.Completions.IsOnPool && _link.Completions.Claim();
        bool handlers = !completions && _link.Handlers.IsOnPool && _link.Handlers.Claim();
        if (!completions) _link.Completions.Kick();
        if (!handlers) _link.Handlers.Kick();
        _read.UnsafeOnCompleted(_continue);
        if (completions) _link.Completions.Execute();
        if (handlers) _link.Handlers.Execute();
        _link.Outlet.FlushAfterBatch();
        return false;
    }

    private void Publish()
    {
        _link.PublishBatch();
        _sorter.CountAccepted();
        _link.Completions.Publish();
        _link.Handlers.Publish();
    }

    private void Kick()
    {
        Publish();
        KickLanes();
    }

    private void KickLanes()
    {
        _link.Completions.Kick();
        _link.Handlers.Kick();
    }

    private void PeerClosed()
    {
        Kick();
        Stop();
        _link.Fail(new ChannelClosedException(_link.Connection.Info.Closed
            ?? new CloseReason(ErrorCode.Closed, $"{_link.Connection.Info.Remote} closed the connection.", ClosedBy.Peer)));
    }

    private async void ContinueAfter(Task pause)
    {
        Kick();
        _link.Outlet.FlushAfterBatch();
        Interlocked.Exchange(ref _state, Paused);

        // A link that failed before the line above found nobody who pauses.
        if (!_link.IsAlive) Stop();
        await pause.ConfigureAwait(false);
        if (Interlocked.CompareExchange(ref _state, Reading, Paused) == Paused) Begin();
    }

    /// <summary>Says that nothing more is read.</summary>
    public void Stop()
    {
        Interlocked.Exchange(ref _state, HasStopped);
        Volatile.Read(ref _stopped)?.TrySetResult();
    }
}
