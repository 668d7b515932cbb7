using System.Runtime.CompilerServices;

namespace Smpi;

/// <summary>Answers typed requests with streams. The items go out as the caller takes them.</summary>
public static class HandleStreamExtensions
{
    /// <summary>Answers a request with a stream, with no service.</summary>
    /// <typeparam name="TBuilder">The builder, inferred.</typeparam>
    /// <typeparam name="TRequest">The request, inferred from the lambda.</typeparam>
    /// <typeparam name="TOut">The type of the items, inferred from the lambda.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="handler">Makes the stream of one request; the token fires when the caller wants no more.</param>
    public static TBuilder HandleStream<TBuilder, TRequest, TOut>(this TBuilder builder, Func<TRequest, CancellationToken, IAsyncEnumerable<TOut>> handler)
        where TBuilder : ISmpiBuilder
        where TRequest : IStreamRequest<TOut>
    {
        ArgumentNullException.ThrowIfNull(handler);
        return HandlerSupport.Stream<TBuilder, TRequest, Empty, TOut>(builder, null, false, (request, items, call) => handler(request, call.Aborted));
    }

    /// <summary>Answers a request with a stream, with one service.</summary>
    /// <typeparam name="TBuilder">The builder, inferred.</typeparam>
    /// <typeparam name="TRequest">The request, inferred from the lambda.</typeparam>
    /// <typeparam name="TOut">The type of the items, inferred from the lambda.</typeparam>
    /// <typeparam name="T1">A service, or <see cref="CallContext"/>.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="handler">Makes the stream of one request; the token fires when the caller wants no more.</param>
    public static TBuilder HandleStream<TBuilder, TRequest, TOut, T1>(this TBuilder builder, Func<TRequest, T1, CancellationToken, IAsyncEnumerable<TOut>> handler)
        where TBuilder : ISmpiBuilder
        where TRequest : IStreamRequest<TOut>
        where T1 : notnull
    {
        ArgumentNullException.ThrowIfNull(handler);
        return HandlerSupport.Stream<TBuilder, TRequest, Empty, TOut>(builder, null, false, Run);

        async IAsyncEnumerable<TOut> Run(TRequest request, IAsyncEnumerable<Empty> items, InboundCall call)
        {
            var services = new CallServices(call);
            await using ConfiguredAsyncDisposable disposal = services.ConfigureAwait(false);
            await foreach (TOut item in handler(request, services.Get<T1>(), call.Aborted).ConfigureAwait(false)) yield return item;
        }
    }

    /// <summary>Answers a request with a stream, with two services.</summary>
    /// <typeparam name="TBuilder">The builder, inferred.</typeparam>
    /// <typeparam name="TRequest">The request, inferred from the lambda.</typeparam>
    /// <typeparam name="TOut">The type of the items, inferred from the lambda.</typeparam>
    /// <typeparam name="T1">A service, or <see cref="CallContext"/>.</typeparam>
    /// <typeparam name="T2">A service, or <see cref="CallContext"/>.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="handler">Makes the stream of one request; the token fires when the caller wants no more.</param>
    public static TBuilder HandleStream<TBuilder, TRequest, TOut, T1, T2>(this TBuilder builder, Func<TRequest, T1, T2, CancellationToken, IAsyncEnumerable<TOut>> handler)
        where TBuilder : ISmpiBuilder
        where TRequest : IStreamRequest<TOut>
        where T1 : notnull
        where T2 : notnull
    {
        ArgumentNullException.ThrowIfNull(handler);
        return HandlerSupport.Stream<TBuilder, TRequest, Empty, TOut>(builder, null, false, Run);

        async IAsyncEnumerable<TOut> Run(TRequest request, IAsyncEnumerable<Empty> items, InboundCall call)
        {
            var services = new CallServices(call);
            await using ConfiguredAsyncDisposable disposal = services.ConfigureAwait(false);
            await foreach (TOut item in handler(request, services.Get<T1>(), services.Get<T2>(), call.Aborted).ConfigureAwait(false)) yield return item;
        }
    }

    /// <summary>Answers a request with a stream, with three services.</summary>
    /// <typeparam name="TBuilder">The builder, inferred.</typeparam>
    /// <typeparam name="TRequest">The request, inferred from the lambda.</typeparam>
    /// <typeparam name="TOut">The type of the items, inferred from the lambda.</typeparam>
    /// <typeparam name="T1">A service, or <see cref="CallContext"/>.</typeparam>
    /// <typeparam name="T2">A service, or <see cref="CallContext"/>.</typeparam>
    /// <typeparam name="T3">A service, or <see cref="CallContext"/>.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="handler">Makes the stream of one request; the token fires when the caller wants no more.</param>
    public static TBuilder HandleStream<TBuilder, TRequest, TOut, T1, T2, T3>(this TBuilder builder, Func<TRequest, T1, T2, T3, CancellationToken, IAsyncEnumerable<TOut>> handler)
        where TBuilder : ISmpiBuilder
        where TRequest : IStreamRequest<TOut>
        where T1 : notnull
        where T2 : notnull
        where T3 : notnull
    {
        ArgumentNullException.ThrowIfNull(handler);
        return HandlerSupport.Stream<TBuilder, TRequest, Empty, TOut>(builder, null, false, Run);

        async IAsyncEnumerable<TOut> Run(TRequest request, IAsyncEnumerable<Empty> items, InboundCall call)
        {
            var services = new CallServices(call);
            await using ConfiguredAsyncDisposable disposal = services.ConfigureAwait(false);
            await foreach (TOut item in handler(request, services.Get<T1>(), services.Get<T2>(), services.Get<T3>(), call.Aborted).ConfigureAwait(false)) yield return item;
        }
    }

    /// <summary>Answers a request with a stream, with four services.</summary>
    /// <typeparam name="TBuilder">The builder, inferred.</typeparam>
    /// <typeparam name="TRequest">The request, inferred from the lambda.</typeparam>
    /// <typeparam name="TOut">The type of the items, inferred from the lambda.</typeparam>
    /// <typeparam name="T1">A service, or <see cref="CallContext"/>.</typeparam>
    /// <typeparam name="T2">A service, or <see cref="CallContext"/>.</typeparam>
    /// <typeparam name="T3">A service, or <see cref="CallContext"/>.</typeparam>
    /// <typeparam name="T4">A service, or <see cref="CallContext"/>.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="handler">Makes the stream of one request; the token fires when the caller wants no more.</param>
    public static TBuilder HandleStream<TBuilder, TRequest, TOut, T1, T2, T3, T4>(this TBuilder builder, Func<TRequest, T1, T2, T3, T4, CancellationToken, IAsyncEnumerable<TOut>> handler)
        where TBuilder : ISmpiBuilder
        where TRequest : IStreamRequest<TOut>
        where T1 : notnull
        where T2 : notnull
        where T3 : notnull
        where T4 : notnull
    {
        ArgumentNullException.ThrowIfNull(handler);
        return HandlerSupport.Stream<TBuilder, TRequest, Empty, TOut>(builder, null, false, Run);

        async IAsyncEnumerable<TOut> Run(TRequest request, IAsyncEnumerable<Empty> items, InboundCall call)
        {
            var services = new CallServices(call);
            await using ConfiguredAsyncDisposable disposal = services.ConfigureAwait(false);
            await foreach (TOut item in handler(request, services.Get<T1>(), services.Get<T2>(), services.Get<T3>(), services.Get<T4>(), call.Aborted).ConfigureAwait(false)) yield return item;
        }
    }

    /// <summary>Answers a subject with a stream, for foreign peers.</summary>
    /// <typeparam name="TBuilder">The builder, inferred.</typeparam>
    /// <typeparam name="TRequest">The type of the request.</typeparam>
    /// <typeparam name="TOut">The type of the items.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="subject">The subject.</param>
    /// <param name="handler">Makes the stream of one request.</param>
    public static TBuilder HandleStream<TBuilder, TRequest, TOut>(
        this TBuilder builder, string subject, Func<TRequest, CallContext, CancellationToken, IAsyncEnumerable<TOut>> handler)
        where TBuilder : ISmpiBuilder
    {
        ArgumentException.ThrowIfNullOrEmpty(subject);
        ArgumentNullException.ThrowIfNull(handler);
        return HandlerSupport.Stream<TBuilder, TRequest, Empty, TOut>(builder, subject, false, (request, _, call) => handler(request, call.Context, call.Aborted));
    }
}
