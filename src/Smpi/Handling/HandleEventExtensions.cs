using System.Runtime.CompilerServices;

namespace Smpi;

/// <summary>Takes typed events for as long as a channel lives: one-way calls, which nobody answers.</summary>
public static class HandleEventExtensions
{
    /// <summary>Takes an event, with no service. Events of one peer are taken in order and one at a time.</summary>
    /// <typeparam name="TBuilder">The builder, inferred.</typeparam>
    /// <typeparam name="TEvent">The event, inferred from the lambda.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="handler">Takes one event.</param>
    /// <param name="options">What to do when the handler is slow; null for the defaults.</param>
    public static TBuilder HandleEvent<TBuilder, TEvent>(this TBuilder builder, Func<TEvent, CancellationToken, ValueTask> handler, SubscriptionOptions? options = null)
        where TBuilder : ISmpiBuilder
        where TEvent : IEvent
    {
        ArgumentNullException.ThrowIfNull(handler);
        return HandlerSupport.Event<TBuilder, TEvent>(builder, null, (value, _, ct) => handler(value, ct), options);
    }

    /// <summary>Takes an event, with one service. Events of one peer are taken in order and one at a time.</summary>
    /// <typeparam name="TBuilder">The builder, inferred.</typeparam>
    /// <typeparam name="TEvent">The event, inferred from the lambda.</typeparam>
    /// <typeparam name="T1">A service, or <see cref="CallContext"/>.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="handler">Takes one event.</param>
    /// <param name="options">What to do when the handler is slow; null for the defaults.</param>
    public static TBuilder HandleEvent<TBuilder, TEvent, T1>(this TBuilder builder, Func<TEvent, T1, CancellationToken, ValueTask> handler, SubscriptionOptions? options = null)
        where TBuilder : ISmpiBuilder
        where TEvent : IEvent
        where T1 : notnull
    {
        ArgumentNullException.ThrowIfNull(handler);
        string subject = MessageContract.Of(typeof(TEvent)).Subject;
        return HandlerSupport.Event<TBuilder, TEvent>(
            builder,
            null,
            async (value, origin, ct) =>
            {
                var services = new CallServices(origin, subject, ct);
                await using ConfiguredAsyncDisposable disposal = services.ConfigureAwait(false);
                await handler(value, services.Get<T1>(), ct).ConfigureAwait(false);
            },
            options);
    }

    /// <summary>Takes an event, with two services. Events of one peer are taken in order and one at a time.</summary>
    /// <typeparam name="TBuilder">The builder, inferred.</typeparam>
    /// <typeparam name="TEvent">The event, inferred from the lambda.</typeparam>
    /// <typeparam name="T1">A service, or <see cref="CallContext"/>.</typeparam>
    /// <typeparam name="T2">A service, or <see cref="CallContext"/>.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="handler">Takes one event.</param>
    /// <param name="options">What to do when the handler is slow; null for the defaults.</param>
    public static TBuilder HandleEvent<TBuilder, TEvent, T1, T2>(this TBuilder builder, Func<TEvent, T1, T2, CancellationToken, ValueTask> handler, SubscriptionOptions? options = null)
        where TBuilder : ISmpiBuilder
        where TEvent : IEvent
        where T1 : notnull
        where T2 : notnull
    {
        ArgumentNullException.ThrowIfNull(handler);
        string subject = MessageContract.Of(typeof(TEvent)).Subject;
        return HandlerSupport.Event<TBuilder, TEvent>(
            builder,
            null,
            async (value, origin, ct) =>
            {
                var services = new CallServices(origin, subject, ct);
                await using ConfiguredAsyncDisposable disposal = services.ConfigureAwait(false);
                await handler(value, services.Get<T1>(), services.Get<T2>(), ct).ConfigureAwait(false);
            },
            options);
    }

    /// <summary>Takes an event, with three services. Events of one peer are taken in order and one at a time.</summary>
    /// <typeparam name="TBuilder">The builder, inferred.</typeparam>
    /// <typeparam name="TEvent">The event, inferred from the lambda.</typeparam>
    /// <typeparam name="T1">A service, or <see cref="CallContext"/>.</typeparam>
    /// <typeparam name="T2">A service, or <see cref="CallContext"/>.</typeparam>
    /// <typeparam name="T3">A service, or <see cref="CallContext"/>.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="handler">Takes one event.</param>
    /// <param name="options">What to do when the handler is slow; null for the defaults.</param>
    public static TBuilder HandleEvent<TBuilder, TEvent, T1, T2, T3>(this TBuilder builder, Func<TEvent, T1, T2, T3, CancellationToken, ValueTask> handler, SubscriptionOptions? options = null)
        where TBuilder : ISmpiBuilder
        where TEvent : IEvent
        where T1 : notnull
        where T2 : notnull
        where T3 : notnull
    {
        ArgumentNullException.ThrowIfNull(handler);
        string subject = MessageContract.Of(typeof(TEvent)).Subject;
        return HandlerSupport.Event<TBuilder, TEvent>(
            builder,
            null,
            async (value, origin, ct) =>
            {
                var services = new CallServices(origin, subject, ct);
                await using ConfiguredAsyncDisposable disposal = services.ConfigureAwait(false);
                await handler(value, services.Get<T1>(), services.Get<T2>(), services.Get<T3>(), ct).ConfigureAwait(false);
            },
            options);
    }

    /// <summary>Takes an event, with four services. Events of one peer are taken in order and one at a time.</summary>
    /// <typeparam name="TBuilder">The builder, inferred.</typeparam>
    /// <typeparam name="TEvent">The event, inferred from the lambda.</typeparam>
    /// <typeparam name="T1">A service, or <see cref="CallContext"/>.</typeparam>
    /// <typeparam name="T2">A service, or <see cref="CallContext"/>.</typeparam>
    /// <typeparam name="T3">A service, or <see cref="CallContext"/>.</typeparam>
    /// <typeparam name="T4">A service, or <see cref="CallContext"/>.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="handler">Takes one event.</param>
    /// <param name="options">What to do when the handler is slow; null for the defaults.</param>
    public static TBuilder HandleEvent<TBuilder, TEvent, T1, T2, T3, T4>(this TBuilder builder, Func<TEvent, T1, T2, T3, T4, CancellationToken, ValueTask> handler, SubscriptionOptions? options = null)
        where TBuilder : ISmpiBuilder
        where TEvent : IEvent
        where T1 : notnull
        where T2 : notnull
        where T3 : notnull
        where T4 : notnull
    {
        ArgumentNullException.ThrowIfNull(handler);
        string subject = MessageContract.Of(typeof(TEvent)).Subject;
        return HandlerSupport.Event<TBuilder, TEvent>(
            builder,
            null,
            async (value, origin, ct) =>
            {
                var services = new CallServices(origin, subject, ct);
                await using ConfiguredAsyncDisposable disposal = services.ConfigureAwait(false);
                await handler(value, services.Get<T1>(), services.Get<T2>(), services.Get<T3>(), services.Get<T4>(), ct).ConfigureAwait(false);
            },
            options);
    }

    /// <summary>Takes the events of a subject, for foreign peers.</summary>
    /// <typeparam name="TBuilder">The builder, inferred.</typeparam>
    /// <typeparam name="TEvent">The type of the event.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="subject">The subject.</param>
    /// <param name="handler">Takes one event.</param>
    /// <param name="options">What to do when the handler is slow; null for the defaults.</param>
    public static TBuilder HandleEvent<TBuilder, TEvent>(
        this TBuilder builder, string subject, Func<TEvent, CallContext, CancellationToken, ValueTask> handler, SubscriptionOptions? options = null)
        where TBuilder : ISmpiBuilder
    {
        ArgumentException.ThrowIfNullOrEmpty(subject);
        ArgumentNullException.ThrowIfNull(handler);
        return HandlerSupport.Event<TBuilder, TEvent>(builder, subject, (value, origin, ct) => handler(value, new CallContext(subject, origin, ct), ct), options);
    }
}
