namespace Smpi;

/// <summary>What a connecting channel and a server's peer have in common: calls, events, handlers.</summary>
internal abstract class ChannelBase(ChannelPlan plan, Router router) : ISmpiChannel
{
    // Above what one batch may bring: batches that are being sorted, so that none is overlooked when this side stops taking calls.
    private const long SortedBatch = 1L << 32;

    // A closing side cuts a connection on which nothing has moved for so long.
    private static readonly TimeSpan _standstill = TimeSpan.FromSeconds(1);

    private long _running;
    private EventHub? _events;
    private PoolSet? _pools;

    public ChannelPlan Plan => plan;

    public Router Router => router;

    public TimeProvider Time => plan.TimeProvider;

    public PoolSet Pools => _pools ?? Interlocked.CompareExchange(ref _pools, new PoolSet(), null) ?? _pools;

    public EventHub Events => _events ?? Interlocked.CompareExchange(ref _events, new EventHub(this), null) ?? _events;

    public ChannelDiagnostics Diagnostics { get; } = new(plan.Options);

    /// <summary>Handlers of the peer's calls that have not ended.</summary>
    public int RunningHandlers => (int)Volatile.Read(ref _running);

    /// <summary>Octets of the requests in flight on all connections of the listener; null for a channel that connects.</summary>
    public virtual SharedOctets? ListenerOctets => null;

    /// <summary>Whether new calls of the peer are refused.</summary>
    public bool IsDraining { get; set; }

    public abstract Link? CurrentLink { get; }

    public abstract ChannelStatus Status { get; }

    public abstract ValueTask ConnectAsync(CancellationToken cancellationToken = default);

    public abstract ValueTask DisposeAsync();

    /// <summary>The link to use now, waiting for it as the options say.</summary>
    public abstract ValueTask<Link> LinkAsync(CallOptions options, Deadline deadline);

    /// <summary>A link has ended, all its calls have failed, and nothing more is read.</summary>
    public abstract ValueTask LinkEndedAsync(Link link, ChannelClosedException reason);

    /// <summary>A reader is about to accept calls: it asks <see cref="IsDraining"/> afterwards.</summary>
    public void BatchBegins() => Interlocked.Add(ref _running, SortedBatch);

    /// <summary>The reader has accepted calls, which count as running from now on.</summary>
    public void BatchEnds(int calls)
    {
        if (Interlocked.Add(ref _running, calls - SortedBatch) == 0 && IsDraining) BecameIdle();
    }

    public void CallEnded()
    {
        if (Interlocked.Decrement(ref _running) == 0 && IsDraining) BecameIdle();
    }

    public ValueTask<TResponse> RequestAsync<TRequest, TResponse>(string subject, TRequest request, CallOptions? options, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<TResponse>(cancellationToken);
        CallOptions chosen = options ?? CallOptions.Default;
        if (plan.Middleware.Outgoing.Count > 0) return AroundAsync<TRequest, Empty, TResponse>(subject, request, null, chosen, cancellationToken);
        if (CurrentLink is not { IsAlive: true } link || chosen.Idempotent == true || !link.Traits.Calls || link.Outlet.IsFull)
        {
            return LoopReturn.On(this, RequestSlowlyAsync<TRequest, Empty, TResponse>(subject, request, null, chosen, cancellationToken));
        }

        CallLimit limit = chosen.Deadline is { } own ? new CallLimit(own, Time) : chosen.IsTyped ? plan.CallLimit : CallLimit.None;
        var terms = new CallTerms(limit.Due(Time), limit.Milliseconds, limit.Limit, Tracing.Inject(chosen.Headers, link.Traits));
        if (UnaryCall<TRequest, TResponse>.TryOpen(link, subject, request, in terms) is { } call) return call.Send(in terms, null, cancellationToken);
        return LoopReturn.On(this, RequestSlowlyAsync<TRequest, Empty, TResponse>(subject, request, null, chosen, cancellationToken));
    }

    public ValueTask<TResponse> RequestAsync<TRequest, TItem, TResponse>(
        string subject, TRequest request, IAsyncEnumerable<TItem> items, CallOptions? options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(items);
        return plan.Middleware.Outgoing.Count > 0
            ? AroundAsync<TRequest, TItem, TResponse>(subject, request, items, options ?? CallOptions.Default, cancellationToken)
            : LoopReturn.On(
                this, RequestSlowlyAsync<TRequest, TItem, TResponse>(subject, request, items, options ?? CallOptions.Default, cancellationToken));
    }

    public IAsyncEnumerable<TItem> StreamAsync<TRequest, TItem>(string subject, TRequest request, CallOptions? options, CancellationToken cancellationToken) =>
        Around(subject, options, chosen => new StreamSequence<TRequest, Empty, TItem>(this, subject, request, null, chosen, cancellationToken), cancellationToken);

    public IAsyncEnumerable<TOut> StreamAsync<TRequest, TIn, TOut>(
        string subject, TRequest request, IAsyncEnumerable<TIn> items, CallOptions? options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(items);
        return Around(subject, options, chosen => new StreamSequence<TRequest, TIn, TOut>(this, subject, request, items, chosen, cancellationToken), cancellationToken);
    }

    public ValueTask PublishAsync<TEvent>(string subject, TEvent value, Headers? headers, CancellationToken cancellationToken) =>
        EventPublisher.PublishAsync(this, subject, value, headers, cancellationToken);

    public ISubscription Subscribe<TEvent>(string subject, Func<TEvent, CancellationToken, ValueTask> handler, SubscriptionOptions? options) =>
        Events.Subscribe(subject, handler, options ?? SubscriptionOptions.Default);

    public Deadline StartDeadline(TimeSpan? limit, CancellationToken ct) => new(Time, limit ?? Timeout.InfiniteTimeSpan, ct);

    public CallTerms Terms(Link link, CallOptions options, Deadline deadline)
    {
        if (options.Headers is { Count: > 0 } && !link.Traits.Headers)
        {
            throw new SmpiConfigurationException($"The format '{link.Connection.Info.Format}' carries no headers: leave them out, or use a format that does.");
        }

        return new CallTerms(deadline.Due, Smpi.Deadline.MillisecondsLeft(Time, deadline.Due), deadline.Limit, Tracing.Inject(options.Headers, link.Traits));
    }

    /// <summary>Takes a place among the open calls, waiting if there is none, or if more than the send queue waits for the peer.</summary>
    public static async ValueTask EnterAsync(Link link, CallGate gate, string subject, Deadline deadline)
    {
        try
        {
            await link.Outlet.RoomAsync(deadline.Token).ConfigureAwait(false);
            await gate.EnterAsync(deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (deadline.HasEnded)
        {
            throw deadline.Ended(subject);
        }
    }

    /// <summary>Whether neither a handler runs nor calls are being accepted.</summary>
    protected bool IsIdle => Interlocked.Read(ref _running) == 0;

    /// <summary>The last handler has ended while new calls are refused.</summary>
    protected virtual void BecameIdle()
    {
    }

    protected void SubscribeHandlers()
    {
        foreach (EventHandlerEntry entry in router.EventHandlers) entry.SubscribeOn(this);
    }

    protected ChannelStatus Snapshot(ChannelState state, int generation, CloseReason? lastClose)
    {
        Link? link = CurrentLink;
        return new ChannelStatus
        {
            State = state,
            Connection = link?.Connection.Info,
            Generation = generation,
            PendingCalls = link?.OpenCalls ?? 0,
            RunningCalls = RunningHandlers,
            LateReplies = Diagnostics.Late,
            StrayReplies = Diagnostics.Stray,
            UnhandledEvents = Diagnostics.UnhandledEvents,
            LastClose = lastClose,
        };
    }

    /// <summary>Says goodbye where the format can, and ends a link.</summary>
    protected async ValueTask CloseLinkAsync(Link link, CloseReason reason)
    {
        try
        {
            link.Outlet.Signal(hop => hop.Goodbye(reason with { By = ClosedBy.Peer }));
            using var limit = new CancellationTokenSource(plan.Limits.CloseTimeout, Time);
            await DrainedAsync(link, limit.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (error is ChannelClosedException or OperationCanceledException)
        {
            // The peer is gone, or takes nothing any more.
        }

        link.Fail(new ChannelClosedException(reason));
        await link.Ended.ConfigureAwait(false);
    }

    // Waits until everything was sent, as long as something moves: a peer that takes nothing will not take the rest either.
    private async ValueTask DrainedAsync(Link link, CancellationToken ct)
    {
        Task drained = link.Outlet.DrainAsync(ct).AsTask();
        while (!drained.IsCompleted)
        {
            (int sends, long readAt) = (link.Outlet.Sends, link.ReadAt);
            try
            {
                await drained.WaitAsync(_standstill, Time, CancellationToken.None).ConfigureAwait(false);
            }
            catch (TimeoutException) when (sends == link.Outlet.Sends && readAt == link.ReadAt)
            {
                // It ends when the link fails, and nobody waits for it any more.
                _ = drained.ContinueWith(
                    static done => _ = done.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
                return;
            }
            catch (TimeoutException)
            {
                // Something was sent, or the peer said something.
            }
        }

        await drained.ConfigureAwait(false);
    }

    private ValueTask<TResponse> AroundAsync<TRequest, TItem, TResponse>(
        string subject, TRequest request, IAsyncEnumerable<TItem>? items, CallOptions options, CancellationToken ct)
    {
        var context = new OutgoingCallContext(subject, options, ct);
        return LoopReturn.On(this, Pipeline.RunAsync(
            plan.Middleware.Outgoing,
            context,
            subject,
            () => RequestSlowlyAsync<TRequest, TItem, TResponse>(subject, request, items, context.Options, ct)));
    }

    private IAsyncEnumerable<TItem> Around<TItem>(string subject, CallOptions? options, Func<CallOptions?, IAsyncEnumerable<TItem>> open, CancellationToken ct)
    {
        if (plan.Middleware.Outgoing.Count == 0) return open(options);
        var context = new OutgoingCallContext(subject, options ?? CallOptions.Default, ct);
        return LoopReturn.On(
            this, Pipeline.RunStreamAsync(plan.Middleware.Outgoing, context, subject, () => open(context.Options), CancellationToken.None));
    }

    private async ValueTask<TResponse> RequestSlowlyAsync<TRequest, TItem, TResponse>(
        string subject, TRequest request, IAsyncEnumerable<TItem>? items, CallOptions options, CancellationToken ct)
    {
        using Deadline deadline = StartDeadline(Limit(options), ct);
        while (true)
        {
            Link link = await LinkAsync(options, deadline, subject).ConfigureAwait(false);
            await EnterAsync(link, link.Gate, subject, deadline).ConfigureAwait(false);
            CallTerms terms;
            try
            {
                terms = Terms(link, options, deadline);
                Traits.Require(link, items is null ? link.Traits.Calls : link.Traits.ClientStreams, items is null ? "requests" : "streams from the caller");
            }
            catch (SmpiException)
            {
                link.Gate.Exit();
                throw;
            }

            try
            {
                return await UnaryCall<TRequest, TResponse>.Start(
                    link, subject, request, in terms, items is null ? null : (call, id) => ClientItems.Pump(call, id, items, ct), ct).ConfigureAwait(false);
            }
            catch (ChannelClosedException) when (options.Idempotent == true && items is null && !deadline.HasEnded)
            {
                if (!await CanRetryAsync(link).ConfigureAwait(false)) throw;
                options = options.WaitForConnection ? options : options with { WaitForConnection = true };
            }
        }
    }

    /// <summary>The link to use now; the wait ends in a timeout that names the subject.</summary>
    public async ValueTask<Link> LinkAsync(CallOptions options, Deadline deadline, string subject)
    {
        try
        {
            return await LinkAsync(options, deadline).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (deadline.HasEnded)
        {
            throw deadline.Ended(subject);
        }
    }

    /// <summary>Waits until a lost link has ended, and says whether the channel makes another.</summary>
    private async ValueTask<bool> CanRetryAsync(Link link)
    {
        await link.Ended.ConfigureAwait(false);
        return Status.State != ChannelState.Closed;
    }

    private TimeSpan Limit(CallOptions options) => options.Deadline ?? (options.IsTyped ? plan.Options.Deadline : Timeout.InfiniteTimeSpan);
}
