namespace Smpi;

/// <summary>Adds handlers to a builder.</summary>
internal static class HandlerSupport
{
    public static TBuilder Unary<TBuilder, TRequest, TResponse>(TBuilder builder, string? subject, Func<TRequest, InboundCall, ValueTask<TResponse>> invoke)
        where TBuilder : ISmpiBuilder
    {
        builder.Settings<HandlerSettings>().Add(new UnaryHandler<TRequest, TResponse>(subject ?? Subject<TRequest>(), invoke));
        return builder;
    }

    public static TBuilder Upload<TBuilder, TRequest, TItem, TResponse>(
        TBuilder builder, string? subject, Func<TRequest, IAsyncEnumerable<TItem>, InboundCall, ValueTask<TResponse>> invoke)
        where TBuilder : ISmpiBuilder
    {
        builder.Settings<HandlerSettings>().Add(new UploadHandler<TRequest, TItem, TResponse>(subject ?? Subject<TRequest>(), invoke));
        return builder;
    }

    public static TBuilder Stream<TBuilder, TRequest, TIn, TOut>(
        TBuilder builder, string? subject, bool hasItems, Func<TRequest, IAsyncEnumerable<TIn>, InboundCall, IAsyncEnumerable<TOut>> invoke)
        where TBuilder : ISmpiBuilder
    {
        builder.Settings<HandlerSettings>().Add(new StreamHandler<TRequest, TIn, TOut>(subject ?? Subject<TRequest>(), hasItems, invoke));
        return builder;
    }

    public static TBuilder Event<TBuilder, TEvent>(TBuilder builder, string? subject, Func<TEvent, EventOrigin, CancellationToken, ValueTask> invoke, SubscriptionOptions? options)
        where TBuilder : ISmpiBuilder
    {
        builder.Settings<HandlerSettings>().Add(new EventHandlerEntry<TEvent>(subject ?? Subject<TEvent>(), invoke, options));
        return builder;
    }

    private static string Subject<T>() => MessageContract.Of(typeof(T)).Subject;
}
