using System.Runtime.CompilerServices;

namespace Smpi;

/// <summary>Reads a link's connection. It decodes and sorts messages; user code runs in lanes, never before the next read is under way.</summary>
/// <remarks>
/// The inline loop is the exception: its lanes run on the reader's thread, and user code that blocks there may wait for what only the reader
/// can bring. The watch notices and gives the reading to another thread. Exactly one thread reads: whoever takes <see cref="_inLanes"/> back to zero.
/// </remarks>
internal sealed class LinkReader
{
    private const int Reading = 0;
    private const int Paused = 1;
    private const int HasStopped = 2;

    private readonly Link _link;
    private readonly MessageSorter _sorter;
    private readonly Action _continue;
    private readonly Action _readOn;
    private TaskCompletionSource? _stopped;
    private int _state;
    private ConfiguredValueTaskAwaitable<bool>.ConfiguredValueTaskAwaiter _read;

    // While the reader runs inline lanes, for the how manieth time; zero otherwise.
    private int _inLanes;
    private int _turn;
    private int _seen;
    private Action? _rest;

    public LinkReader(Link link)
    {
        _link = link;
        _sorter = new MessageSorter(link);
        _continue = Continue;
        _readOn = ReadOn;
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

    /// <summary>Reads on elsewhere where the reader is stuck in an inline lane; called by the watch alone.</summary>
    public void CheckStalled()
    {
        int turn = Volatile.Read(ref _inLanes);
        bool stalled = turn != 0 && turn == _seen;
        _seen = turn;
        if (stalled && Interlocked.CompareExchange(ref _inLanes, 0, turn) == turn)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static reader => reader._rest!(), this, preferLocal: false);
        }
    }

    private void Begin()
    {
        try
        {
            if (Next()) Continue();
        }
        catch (Exception error)
        {
            Failed(error);
        }
    }

    private void ReadOn()
    {
        try
        {
            if (Read()) Continue();
        }
        catch (Exception error)
        {
            Failed(error);
        }
    }

    private void Failed(Exception error)
    {
        Stop();
        _link.Fail(_link.AsClosed(error));
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
            AfterLanes(() => Failed(error));
        }
    }

    /// <summary>Begins the next read and lets the lanes run. True when the read has ended already, so that the caller goes on.</summary>
    private bool Next()
    {
        Publish();

        // Inline work runs on this thread in any case, and what it sends makes the peer answer.
        return (!_link.Completions.IsInline || TryRunLanes(_readOn)) && Read();
    }

    private bool Read()
    {
        _read = _link.Connection.ReadAsync(CancellationToken.None).ConfigureAwait(false).GetAwaiter();
        if (_read.IsCompleted)
        {
            if (!_link.Completions.IsInline) KickLanes();
            _link.Outlet.FlushAfterBatch();
            return true;
        }

        // The read is under way, so this thread is free to run a lane itself: the usual case needs no further thread.
        bool completions = _link.Completions.IsOnPool && _link.Completions.Claim();
        bool handlers = !completions && _link.Handlers.IsOnPool && _link.Handlers.Claim();
        if (!completions && !_link.Completions.IsInline) _link.Completions.Kick();
        if (!handlers && !_link.Completions.IsInline) _link.Handlers.Kick();
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

    /// <summary>Lets the lanes run what came, and does the rest then: here, or elsewhere where an inline lane is stuck.</summary>
    private void AfterLanes(Action rest)
    {
        Publish();
        if (!_link.Completions.IsInline) KickLanes();
        else if (!TryRunLanes(rest)) return;
        rest();
    }

    /// <summary>Runs inline lanes. False when they took so long that another thread does the rest; this one touches nothing any more.</summary>
    private bool TryRunLanes(Action rest)
    {
        int turn = _turn = _turn == int.MaxValue ? 1 : _turn + 1;
        _rest = rest;
        Volatile.Write(ref _inLanes, turn);
        try
        {
            KickLanes();
        }
        catch (Exception error) when (!TryTakeBack(turn))
        {
            _link.Fail(_link.AsClosed(error));
            return false;
        }

        return TryTakeBack(turn);
    }

    private bool TryTakeBack(int turn) => Interlocked.CompareExchange(ref _inLanes, 0, turn) == turn;

    private void KickLanes()
    {
        _link.Completions.Kick();
        _link.Handlers.Kick();
    }

    private void PeerClosed()
    {
        AfterLanes(() =>
        {
            Stop();
            _link.Fail(new ChannelClosedException(_link.Connection.Info.Closed
                ?? new CloseReason(ErrorCode.Closed, $"{_link.Connection.Info.Remote} closed the connection.", ClosedBy.Peer)));
        });
    }

    private void ContinueAfter(Task pause) => AfterLanes(() => BeginAfter(pause));

    private async void BeginAfter(Task pause)
    {
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
