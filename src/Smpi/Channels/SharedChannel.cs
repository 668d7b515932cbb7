namespace Smpi;

/// <summary>A channel that somebody else disposes.</summary>
internal sealed class SharedChannel(ISmpiChannel channel) : ISmpiChannel, IChannelView
{
    public ISmpiChannel Below => channel;

    public ChannelStatus Status => channel.Status;

    public ValueTask ConnectAsync(CancellationToken cancellationToken = default) => channel.ConnectAsync(cancellationToken);

    public ValueTask<TResponse> RequestAsync<TRequest, TResponse>(string subject, TRequest request, CallOptions? options, CancellationToken cancellationToken) =>
        channel.RequestAsync<TRequest, TResponse>(subject, request, options, cancellationToken);

    public ValueTask<TResponse> RequestAsync<TRequest, TItem, TResponse>(
        string subject, TRequest request, IAsyncEnumerable<TItem> items, CallOptions? options, CancellationToken cancellationToken) =>
        channel.RequestAsync<TRequest, TItem, TResponse>(subject, request, items, options, cancellationToken);

    public IAsyncEnumerable<TItem> StreamAsync<TRequest, TItem>(string subject, TRequest request, CallOptions? options, CancellationToken cancellationToken) =>
        channel.StreamAsync<TRequest, TItem>(subject, request, options, cancellationToken);

    public IAsyncEnumerable<TOut> StreamAsync<TRequest, TIn, TOut>(
        string subject, TRequest request, IAsyncEnumerable<TIn> items, CallOptions? options, CancellationToken cancellationToken) =>
        channel.StreamAsync<TRequest, TIn, TOut>(subject, request, items, options, cancellationToken);

    public ValueTask PublishAsync<TEvent>(string subject, TEvent value, Headers? headers, CancellationToken cancellationToken) =>
        channel.PublishAsync(subject, value, headers, cancellationToken);

    public ISubscription Subscribe<TEvent>(string subject, Func<TEvent, CancellationToken, ValueTask> handler, SubscriptionOptions? options) =>
        channel.Subscribe(subject, handler, options);

    public ValueTask DisposeAsync() => default;
}
