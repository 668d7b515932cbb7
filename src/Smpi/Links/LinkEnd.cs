namespace Smpi;

/// <summary>The end of a link: its connection is disposed, its reader stops with everything it read in the lanes, and its channel is told.</summary>
internal sealed class LinkEnd(Link link)
{
    // How long a link whose sends fail reads on, should the peer neither close nor send; and handlers of one connection hold up those of the next.
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    // How long a new connection of a channel waits for the end of the last one to be noticed.
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(250);

    private TaskCompletionSource? _ended;
    private LinkReader? _reader;
    private volatile bool _hasEnded;

    /// <summary>Ends when the channel was told of the end.</summary>
    public Task Ended
    {
        get
        {
            TaskCompletionSource ended = _ended
                ?? Interlocked.CompareExchange(ref _ended, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), null) ?? _ended;
            if (_hasEnded) ended.TrySetResult();
            return ended.Task;
        }
    }

    /// <summary>Names the reader that the end waits for; false when the link has failed already, and the reader must not start.</summary>
    public bool Begin(LinkReader reader)
    {
        Interlocked.Exchange(ref _reader, reader);
        if (link.IsAlive) return true;
        reader.Stop();
        return false;
    }

    public async Task RunAsync(ChannelClosedException reason)
    {
        await UserCode.DisposeAsync(link.Connection, link.Owner.Diagnostics, nameof(IAsyncDisposable.DisposeAsync)).ConfigureAwait(false);
        try
        {
            // On an inline loop the reader runs handlers, and one that hangs must not keep the channel from connecting again.
            if (Volatile.Read(ref _reader) is { } reader) await BoundedAsync(reader.Stopped, link.OwnLimits.CloseTimeout).ConfigureAwait(false);
            await link.Owner.LinkEndedAsync(link, reason).ConfigureAwait(false);
        }
        finally
        {
            _hasEnded = true;
            Interlocked.MemoryBarrier();
            _ended?.TrySetResult();
        }
    }

    /// <summary>Fails the link when its reader has come to the end of what the peer sent, who may have said why it goes, or after a moment.</summary>
    public async Task FailAfterReadingAsync(ChannelClosedException reason)
    {
        if (Volatile.Read(ref _reader) is { } reader) await BoundedAsync(reader.Stopped, Moment).ConfigureAwait(false);
        link.Fail(reason);
    }

    /// <summary>Lets the handlers of a link begin when something has ended, or has taken too long.</summary>
    public async Task ReleaseAfterAsync(Task before)
    {
        await BoundedAsync(before, link.OwnLimits.CloseTimeout).ConfigureAwait(false);
        link.Handlers.Release();
    }

    /// <summary>Lets the handlers of a link begin when everything that came by the peer's last link was handled, or after a moment.</summary>
    /// <remarks>A link that lives on after a glance is not waited for: this side learns of its loss much later.</remarks>
    public async Task ReleaseAfterAsync(Link before)
    {
        await BoundedAsync(before.Ended, Glance).ConfigureAwait(false);
        if (!before.IsAlive) await BoundedAsync(before.Ended, Moment).ConfigureAwait(false);
        link.Handlers.Release();
    }

    // Waits for something that user code or the peer may hold up.
    private async ValueTask BoundedAsync(Task task, TimeSpan limit)
    {
        if (task.IsCompleted) return;
        try
        {
            await task.WaitAsync(limit, link.Time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // It goes on without.
        }
    }
}
