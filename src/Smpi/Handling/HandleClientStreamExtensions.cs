using System.Runtime.CompilerServices;

namespace Smpi;

/// <summary>Answers typed requests that bring a stream of items.</summary>
public static class HandleClientStreamExtensions
{
    /// <summary>Answers a request and its items, with no service.</summary>
    /// <typeparam name="TBuilder">The builder, inferred.</typeparam>
    /// <typeparam name="TRequest">The request, inferred from the lambda.</typeparam>
    /// <typeparam name="TItem">The type of the items, inferred from the lambda.</typeparam>
    /// <typeparam name="TResponse">The answer, inferred from the lambda.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="handler">Answers one request; items that it does not read hold the caller back.</param>
    public static TBuilder HandleClientStream<TBuilder, TRequest, TItem, TResponse>(this TBuilder builder, Func<TRequest, IAsyncEnumerable<TItem>, CancellationToken, ValueTask<TResponse>> handler)
        where TBuilder : ISmpiBuilder
        where TRequest : IClientStreamRequest<TItem, TResponse>
    {
        ArgumentNullException.ThrowIfNull(handler);
        return HandlerSupport.Upload<TBuilder, TRequest, TItem, TResponse>(builder, null, (request, items, call) => handler(request, items, call.Aborted));
    }

    /// <summary>Answers a request and its items, with one service.</summary>
    /// <typeparam name="TBuilder">The builder, inferred.</typeparam>
    /// <typeparam name="TRequest">The request, inferred from the lambda.</typeparam>
    /// <typeparam name="TItem">The type of the items, inferred from the lambda.</typeparam>
    /// <typeparam name="TResponse">The answer, inferred from the lambda.</typeparam>
    /// <typeparam name="T1">A service, or <see cref="CallContext"/>.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="handler">Answers one request; items that it does not read hold the caller back.</param>
    public static TBuilder HandleClientStream<TBuilder, TRequest, TItem, TResponse, T1>(this TBuilder builder, Func<TRequest, IAsyncEnumerable<TItem>, T1, CancellationToken, ValueTask<TResponse>> handler)
        where TBuilder : ISmpiBuilder
        where TRequest : IClientStreamRequest<TItem, TResponse>
        where T1 : notnull
    {
        ArgumentNullException.ThrowIfNull(handler);
        return HandlerSupport.Upload<TBuilder, TRequest, TItem, TResponse>(builder, null, async (request, items, call) =>
        {
            var services = new CallServices(call);
            await using ConfiguredAsyncDisposable disposal = services.ConfigureAwait(false);
            return await handler(request, items, services.Get<T1>(), call.Aborted).ConfigureAwait(false);
        });
    }

    /// <summary>Answers a request and its items, with two services.</summary>
    /// <typeparam name="TBuilder">The builder, inferred.</typeparam>
    /// <typeparam name="TRequest">The request, inferred from the lambda.</typeparam>
    /// <typeparam name="TItem">The type of the items, inferred from the lambda.</typeparam>
    /// <typeparam name="TResponse">The answer, inferred from the lambda.</typeparam>
    /// <typeparam name="T1">A service, or <see cref="CallContext"/>.</typeparam>
    /// <typeparam name="T2">A service, or <see cref="CallContext"/>.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="handler">Answers one request; items that it does not read hold the caller back.</param>
    public static TBuilder HandleClientStream<TBuilder, TRequest, TItem, TResponse, T1, T2>(this TBuilder builder, Func<TRequest, IAsyncEnumerable<TItem>, T1, T2, CancellationToken, ValueTask<TResponse>> handler)
        where TBuilder : ISmpiBuilder
        where TRequest : IClientStreamRequest<TItem, TResponse>
        where T1 : notnull
        where T2 : notnull
    {
        ArgumentNullException.ThrowIfNull(handler);
        return HandlerSupport.Upload<TBuilder, TRequest, TItem, TResponse>(builder, null, async (request, items, call) =>
        {
            var services = new CallServices(call);
            await using ConfiguredAsyncDisposable disposal = services.ConfigureAwait(false);
            return await handler(request, items, services.Get<T1>(), services.Get<T2>(), call.Aborted).ConfigureAwait(false);
        });
    }

    /// <summary>Answers a request and its items, with three services.</summary>
    /// <typeparam name="TBuilder">The builder, inferred.</typeparam>
    /// <typeparam name="TRequest">The request, inferred from the lambda.</typeparam>
    /// <typeparam name="TItem">The type of the items, inferred from the lambda.</typeparam>
    /// <typeparam name="TResponse">The answer, inferred from the lambda.</typeparam>
    /// <typeparam name="T1">A service, or <see cref="CallContext"/>.</typeparam>
    /// <typeparam name="T2">A service, or <see cref="CallContext"/>.</typeparam>
    /// <typeparam name="T3">A service, or <see cref="CallContext"/>.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="handler">Answers one request; items that it does not read hold the caller back.</param>
    public static TBuilder HandleClientStream<TBuilder, TRequest, TItem, TResponse, T1, T2, T3>(this TBuilder builder, Func<TRequest, IAsyncEnumerable<TItem>, T1, T2, T3, CancellationToken, ValueTask<TResponse>> handler)
        where TBuilder : ISmpiBuilder
        where TRequest : IClientStreamRequest<TItem, TResponse>
        where T1 : notnull
        where T2 : notnull
        where T3 : notnull
    {
        ArgumentNullException.ThrowIfNull(handler);
        return HandlerSupport.Upload<TBuilder, TRequest, TItem, TResponse>(builder, null, async (request, items, call) =>
        {
            var services = new CallServices(call);
            await using ConfiguredAsyncDisposable disposal = services.ConfigureAwait(false);
            return await handler(request, items, services.Get<T1>(), services.Get<T2>(), services.Get<T3>(), call.Aborted).ConfigureAwait(false);
        });
    }

    /// <summary>Answers a request and its items, with four services.</summary>
    /// <typeparam name="TBuilder">The builder, inferred.</typeparam>
    /// <typeparam name="TRequest">The request, inferred from the lambda.</typeparam>
    /// <typeparam name="TItem">The type of the items, inferred from the lambda.</typeparam>
    /// <typeparam name="TResponse">The answer, inferred from the lambda.</typeparam>
    /// <typeparam name="T1">A service, or <see cref="CallContext"/>.</typeparam>
    /// <typeparam name="T2">A service, or <see cref="CallContext"/>.</typeparam>
    /// <typeparam name="T3">A service, or <see cref="CallContext"/>.</typeparam>
    /// <typeparam name="T4">A service, or <see cref="CallContext"/>.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="handler">Answers one request; items that it does not read hold the caller back.</param>
    public static TBuilder HandleClientStream<TBuilder, TRequest, TItem, TResponse, T1, T2, T3, T4>(this TBuilder builder, Func<TRequest, IAsyncEnumerable<TItem>, T1, T2, T3, T4, CancellationToken, ValueTask<TResponse>> handler)
        where TBuilder : ISmpiBuilder
        where TRequest : IClientStreamRequest<TItem, TResponse>
        where T1 : notnull
        where T2 : notnull
        where T3 : notnull
        where T4 : notnull
    {
        ArgumentNullException.ThrowIfNull(handler);
        return HandlerSupport.Upload<TBuilder, TRequest, TItem, TResponse>(builder, null, async (request, items, call) =>
        {
            var services = new CallServices(call);
            await using ConfiguredAsyncDisposable disposal = services.ConfigureAwait(false);
            return await handler(request, items, services.Get<T1>(), services.Get<T2>(), services.Get<T3>(), services.Get<T4>(), call.Aborted).ConfigureAwait(false);
        });
    }

    /// <summary>Answers a subject and its items, for foreign peers.</summary>
    /// <typeparam name="TBuilder">The builder, inferred.</typeparam>
    /// <typeparam name="TRequest">The type of the request.</typeparam>
    /// <typeparam name="TItem">The type of the items.</typeparam>
    /// <typeparam name="TResponse">The type of the answer.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="subject">The subject.</param>
    /// <param name="handler">Answers one request.</param>
    public static TBuilder HandleClientStream<TBuilder, TRequest, TItem, TResponse>(
        this TBuilder builder, string subject, Func<TRequest, IAsyncEnumerable<TItem>, CallContext, CancellationToken, ValueTask<TResponse>> handler)
        where TBuilder : ISmpiBuilder
    {
        ArgumentException.ThrowIfNullOrEmpty(subject);
        ArgumentNullException.ThrowIfNull(handler);
        return HandlerSupport.Upload<TBuilder, TRequest, TItem, TResponse>(builder, subject, (request, items, call) => handler(request, items, call.Context, call.Aborted));
    }
}
