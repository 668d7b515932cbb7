using System.Runtime.CompilerServices;

namespace Smpi;

/// <summary>Answers typed requests with delegates. Services and a <see cref="CallContext"/> are injected for every call.</summary>
/// <remarks>There is no overload for any <see cref="Delegate"/>: a handler whose result does not fit its request is an error of the compiler.</remarks>
public static class HandleExtensions
{
    /// <summary>Answers a request with a function that needs nothing else.</summary>
    /// <typeparam name="TBuilder">The builder, inferred.</typeparam>
    /// <typeparam name="TRequest">The request, inferred from the lambda.</typeparam>
    /// <typeparam name="TResponse">The answer, inferred from the lambda.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="handler">Answers one request.</param>
    public static TBuilder Handle<TBuilder, TRequest, TResponse>(this TBuilder builder, Func<TRequest, TResponse> handler)
        where TBuilder : ISmpiBuilder
        where TRequest : IRequest<TResponse>
    {
        ArgumentNullException.ThrowIfNull(handler);
        return HandlerSupport.Unary<TBuilder, TRequest, TResponse>(builder, null, (request, _) => new ValueTask<TResponse>(handler(request)));
    }

    /// <summary>Answers a request with an asynchronous function that needs nothing else.</summary>
    /// <typeparam name="TBuilder">The builder, inferred.</typeparam>
    /// <typeparam name="TRequest">The request, inferred from the lambda.</typeparam>
    /// <typeparam name="TResponse">The answer, inferred from the lambda.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="handler">Answers one request.</param>
    public static TBuilder Handle<TBuilder, TRequest, TResponse>(this TBuilder builder, Func<TRequest, ValueTask<TResponse>> handler)
        where TBuilder : ISmpiBuilder
        where TRequest : IRequest<TResponse>
    {
        ArgumentNullException.ThrowIfNull(handler);
        return HandlerSupport.Unary<TBuilder, TRequest, TResponse>(builder, null, (request, _) => handler(request));
    }

    /// <summary>Answers a request, with no service.</summary>
    /// <typeparam name="TBuilder">The builder, inferred.</typeparam>
    /// <typeparam name="TRequest">The request, inferred from the lambda.</typeparam>
    /// <typeparam name="TResponse">The answer, inferred from the lambda.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="handler">Answers one request; the token fires when nobody waits for the answer any more.</param>
    public static TBuilder Handle<TBuilder, TRequest, TResponse>(this TBuilder builder, Func<TRequest, CancellationToken, ValueTask<TResponse>> handler)
        where TBuilder : ISmpiBuilder
        where TRequest : IRequest<TResponse>
    {
        ArgumentNullException.ThrowIfNull(handler);
        return HandlerSupport.Unary<TBuilder, TRequest, TResponse>(builder, null, (request, call) => handler(request, call.Aborted));
    }

    /// <summary>Answers a request, with one service.</summary>
    /// <typeparam name="TBuilder">The builder, inferred.</typeparam>
    /// <typeparam name="TRequest">The request, inferred from the lambda.</typeparam>
    /// <typeparam name="TResponse">The answer, inferred from the lambda.</typeparam>
    /// <typeparam name="T1">A service, or <see cref="CallContext"/>.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="handler">Answers one request; the token fires when nobody waits for the answer any more.</param>
    public static TBuilder Handle<TBuilder, TRequest, TResponse, T1>(this TBuilder builder, Func<TRequest, T1, CancellationToken, ValueTask<TResponse>> handler)
        where TBuilder : ISmpiBuilder
        where TRequest : IRequest<TResponse>
        where T1 : notnull
    {
        ArgumentNullException.ThrowIfNull(handler);
        return HandlerSupport.Unary<TBuilder, TRequest, TResponse>(builder, null, async (request, call) =>
        {
            var services = new CallServices(call);
            await using ConfiguredAsyncDisposable disposal = services.ConfigureAwait(false);
            return await handler(request, services.Get<T1>(), call.Aborted).ConfigureAwait(false);
        });
    }

    /// <summary>Answers a request, with two services.</summary>
    /// <typeparam name="TBuilder">The builder, inferred.</typeparam>
    /// <typeparam name="TRequest">The request, inferred from the lambda.</typeparam>
    /// <typeparam name="TResponse">The answer, inferred from the lambda.</typeparam>
    /// <typeparam name="T1">A service, or <see cref="CallContext"/>.</typeparam>
    /// <typeparam name="T2">A service, or <see cref="CallContext"/>.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="handler">Answers one request; the token fires when nobody waits for the answer any more.</param>
    public static TBuilder Handle<TBuilder, TRequest, TResponse, T1, T2>(this TBuilder builder, Func<TRequest, T1, T2, CancellationToken, ValueTask<TResponse>> handler)
        where TBuilder : ISmpiBuilder
        where TRequest : IRequest<TResponse>
        where T1 : notnull
        where T2 : notnull
    {
        ArgumentNullException.ThrowIfNull(handler);
        return HandlerSupport.Unary<TBuilder, TRequest, TResponse>(builder, null, async (request, call) =>
        {
            var services = new CallServices(call);
            await using ConfiguredAsyncDisposable disposal = services.ConfigureAwait(false);
            return await handler(request, services.Get<T1>(), services.Get<T2>(), call.Aborted).ConfigureAwait(false);
        });
    }

    /// <summary>Answers a request, with three services.</summary>
    /// <typeparam name="TBuilder">The builder, inferred.</typeparam>
    /// <typeparam name="TRequest">The request, inferred from the lambda.</typeparam>
    /// <typeparam name="TResponse">The answer, inferred from the lambda.</typeparam>
    /// <typeparam name="T1">A service, or <see cref="CallContext"/>.</typeparam>
    /// <typeparam name="T2">A service, or <see cref="CallContext"/>.</typeparam>
    /// <typeparam name="T3">A service, or <see cref="CallContext"/>.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="handler">Answers one request; the token fires when nobody waits for the answer any more.</param>
    public static TBuilder Handle<TBuilder, TRequest, TResponse, T1, T2, T3>(this TBuilder builder, Func<TRequest, T1, T2, T3, CancellationToken, ValueTask<TResponse>> handler)
        where TBuilder : ISmpiBuilder
        where TRequest : IRequest<TResponse>
        where T1 : notnull
        where T2 : notnull
        where T3 : notnull
    {
        ArgumentNullException.ThrowIfNull(handler);
        return HandlerSupport.Unary<TBuilder, TRequest, TResponse>(builder, null, async (request, call) =>
        {
            var services = new CallServices(call);
            await using ConfiguredAsyncDisposable disposal = services.ConfigureAwait(false);
            return await handler(request, services.Get<T1>(), services.Get<T2>(), services.Get<T3>(), call.Aborted).ConfigureAwait(false);
        });
    }

    /// <summary>Answers a request, with four services.</summary>
    /// <typeparam name="TBuilder">The builder, inferred.</typeparam>
    /// <typeparam name="TRequest">The request, inferred from the lambda.</typeparam>
    /// <typeparam name="TResponse">The answer, inferred from the lambda.</typeparam>
    /// <typeparam name="T1">A service, or <see cref="CallContext"/>.</typeparam>
    /// <typeparam name="T2">A service, or <see cref="CallContext"/>.</typeparam>
    /// <typeparam name="T3">A service, or <see cref="CallContext"/>.</typeparam>
    /// <typeparam name="T4">A service, or <see cref="CallContext"/>.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="handler">Answers one request; the token fires when nobody waits for the answer any more.</param>
    public static TBuilder Handle<TBuilder, TRequest, TResponse, T1, T2, T3, T4>(this TBuilder builder, Func<TRequest, T1, T2, T3, T4, CancellationToken, ValueTask<TResponse>> handler)
        where TBuilder : ISmpiBuilder
        where TRequest : IRequest<TResponse>
        where T1 : notnull
        where T2 : notnull
        where T3 : notnull
        where T4 : notnull
    {
        ArgumentNullException.ThrowIfNull(handler);
        return HandlerSupport.Unary<TBuilder, TRequest, TResponse>(builder, null, async (request, call) =>
        {
            var services = new CallServices(call);
            await using ConfiguredAsyncDisposable disposal = services.ConfigureAwait(false);
            return await handler(request, services.Get<T1>(), services.Get<T2>(), services.Get<T3>(), services.Get<T4>(), call.Aborted).ConfigureAwait(false);
        });
    }

    /// <summary>Answers a subject, for foreign peers.</summary>
    /// <typeparam name="TBuilder">The builder, inferred.</typeparam>
    /// <typeparam name="TRequest">The type of the request; <see cref="RawBody"/> takes octets.</typeparam>
    /// <typeparam name="TResponse">The type of the answer; <see cref="Empty"/> for none.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="subject">The subject.</param>
    /// <param name="handler">Answers one request.</param>
    public static TBuilder Handle<TBuilder, TRequest, TResponse>(this TBuilder builder, string subject, Func<TRequest, CallContext, CancellationToken, ValueTask<TResponse>> handler)
        where TBuilder : ISmpiBuilder
    {
        ArgumentException.ThrowIfNullOrEmpty(subject);
        ArgumentNullException.ThrowIfNull(handler);
        return HandlerSupport.Unary<TBuilder, TRequest, TResponse>(builder, subject, (request, call) => handler(request, call.Context, call.Aborted));
    }

    /// <summary>Answers a request with a class that is resolved from the services of the call.</summary>
    /// <typeparam name="THandler">The class, registered as a service.</typeparam>
    /// <typeparam name="TRequest">The request.</typeparam>
    /// <typeparam name="TResponse">The answer.</typeparam>
    /// <param name="builder">The builder.</param>
    public static ISmpiBuilder HandleBy<THandler, TRequest, TResponse>(this ISmpiBuilder builder)
        where THandler : class, IRequestHandler<TRequest, TResponse>
        where TRequest : IRequest<TResponse> =>
        builder.Handle(async (TRequest request, THandler handler, CallContext context, CancellationToken ct) =>
            await handler.HandleAsync(request, context, ct).ConfigureAwait(false));
}
