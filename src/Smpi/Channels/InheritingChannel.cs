using System.Runtime.CompilerServices;

namespace Smpi;

/// <summary>A view of a channel for the length of one call: deadline and cancellation of that call hold for calls made through it.</summary>
internal sealed class InheritingChannel(ChannelBase channel, long due, CancellationToken aborted) : ISmpiChannel, IChannelView
{
    public ISmpiChannel Below => channel;

    public ChannelStatus Status => channel.Status;

    public ValueTask ConnectAsync(CancellationToken cancellationToken = default) => channel.ConnectAsync(cancellationToken);

    public ValueTask<TResponse> RequestAsync<TRequest, TResponse>(
        string subject, TRequest request, CallOptions? options, CancellationToken cancellationToken) =>
        LoopReturn.On(channel, RequestLinkedAsync<TRequest, TResponse>(subject, request, options, cancellationToken));

    private async ValueTask<TResponse> RequestLinkedAsync<TRequest, TResponse>(
        string subject, TRequest request, CallOptions? options, CancellationToken cancellationToken)
    {
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(aborted, cancellationToken);
        return await channel.RequestAsync<TRequest, TResponse>(subject, request, Limited(options), linked.Token).ConfigureAwait(false);
    }

    public ValueTask<TResponse> RequestAsync<TRequest, TItem, TResponse>(
        string subject, TRequest request, IAsyncEnumerable<TItem> items, CallOptions? options, CancellationToken cancellationToken) =>
        LoopReturn.On(channel, RequestLinkedAsync<TRequest, TItem, TResponse>(subject, request, items, options, cancellationToken));

    private async ValueTask<TResponse> RequestLinkedAsync<TRequest, TItem, TResponse>(
        string subject, TRequest request, IAsyncEnumerable<TItem> items, CallOptions? options, CancellationToken cancellationToken)
    {
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(aborted, cancellationToken);
        return await channel.RequestAsync<TRequest, TItem, TResponse>(subject, request, items, Limited(options), linked.Token).ConfigureAwait(false);
    }

    public IAsyncEnumerable<TItem> StreamAsync<TRequest, TItem>(string subject, TRequest request, CallOptions? options, CancellationToken cancellationToken) =>
        Until(channel.StreamAsync<TRequest, TItem>(subject, request, Limited(options), aborted), cancellationToken);

    public IAsyncEnumerable<TOut> StreamAsync<TRequest, TIn, TOut>(
        string subject, TRequest request, IAsyncEnumerable<TIn> items, CallOptions? options, CancellationToken cancellationToken) =>
        Until(channel.StreamAsync<TRequest, TIn, TOut>(subject, request, items, Limited(options), aborted), cancellationToken);

    public ValueTask PublishAsync<TEvent>(string subject, TEvent value, Headers? headers, CancellationToken cancellationToken) =>
        cancellationToken.CanBeCanceled && cancellationToken != aborted
            ? LoopReturn.On(channel, PublishLinkedAsync(subject, value, headers, cancellationToken))
            : channel.PublishAsync(subject, value, headers, aborted);

    public ISubscription Subscribe<TEvent>(string subject, Func<TEvent, CancellationToken, ValueTask> handler, SubscriptionOptions? options) =>
        channel.Subscribe(subject, handler, options);

    /// <summary>The view ends with its call; the channel below it lives on.</summary>
    public ValueTask DisposeAsync() => default;

    private static IAsyncEnumerable<T> Until<T>(IAsyncEnumerable<T> items, CancellationToken token) =>
        token.CanBeCanceled ? LinkedAsync(items, token) : items;

    // The compiler links the token given here and that of the enumeration; the stream below links the call's as long as it is enumerated.
    private static async IAsyncEnumerable<T> LinkedAsync<T>(IAsyncEnumerable<T> items, [EnumeratorCancellation] CancellationToken token)
    {
        await foreach (T item in items.WithCancellation(token).ConfigureAwait(false)) yield return item;
    }

    private async ValueTask PublishLinkedAsync<TEvent>(string subject, TEvent value, Headers? headers, CancellationToken token)
    {
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(aborted, token);
        await channel.PublishAsync(subject, value, headers, linked.Token).ConfigureAwait(false);
    }

    private CallOptions? Limited(CallOptions? options)
    {
        if (due == long.MaxValue) return options;
        CallOptions chosen = options ?? CallOptions.Default;
        TimeSpan left = channel.Time.GetElapsedTime(channel.Time.GetTimestamp(), due);
        if (left < TimeSpan.Zero) left = TimeSpan.Zero;
        return chosen.Deadline is { } own && own != Timeout.InfiniteTimeSpan && own < left ? chosen : chosen with { Deadline = left };
    }
}
