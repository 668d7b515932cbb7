using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Smpi;

/// <summary>Takes the handlers of a contract's methods from generated code.</summary>
/// <typeparam name="TContract">The contract.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ContractHandlers<TContract>
    where TContract : class
{
    private readonly ISmpiBuilder _builder;
    private readonly TContract? _instance;
    private readonly Func<CallServices, TContract>? _find;

    internal ContractHandlers(ISmpiBuilder builder, TContract instance) => (_builder, _instance) = (builder, instance);

    internal ContractHandlers(ISmpiBuilder builder, Func<CallServices, TContract> find) => (_builder, _find) = (builder, find);

    /// <summary>Adds a method that is answered once.</summary>
    /// <typeparam name="TRequest">The request.</typeparam>
    /// <typeparam name="TResponse">The answer.</typeparam>
    /// <param name="subject">The subject.</param>
    /// <param name="call">Calls the method.</param>
    public void Request<TRequest, TResponse>(string subject, Func<TContract, TRequest, CancellationToken, ValueTask<TResponse>> call)
    {
        ArgumentNullException.ThrowIfNull(call);
        if (_instance is { } instance) HandlerSupport.Unary<ISmpiBuilder, TRequest, TResponse>(_builder, subject, (request, inbound) => call(instance, request, inbound.Aborted));
        else HandlerSupport.Unary<ISmpiBuilder, TRequest, TResponse>(_builder, subject, Run);

        async ValueTask<TResponse> Run(TRequest request, InboundCall inbound)
        {
            var services = new CallServices(inbound);
            await using ConfiguredAsyncDisposable disposal = services.ConfigureAwait(false);
            return await call(_find!(services), request, inbound.Aborted).ConfigureAwait(false);
        }
    }

    /// <summary>Adds a method that takes items and is answered once.</summary>
    /// <typeparam name="TRequest">The request.</typeparam>
    /// <typeparam name="TItem">The type of the items.</typeparam>
    /// <typeparam name="TResponse">The answer.</typeparam>
    /// <param name="subject">The subject.</param>
    /// <param name="call">Calls the method.</param>
    public void ClientStream<TRequest, TItem, TResponse>(
        string subject, Func<TContract, TRequest, IAsyncEnumerable<TItem>, CancellationToken, ValueTask<TResponse>> call)
    {
        ArgumentNullException.ThrowIfNull(call);
        if (_instance is { } instance)
            HandlerSupport.Upload<ISmpiBuilder, TRequest, TItem, TResponse>(_builder, subject, (request, items, inbound) => call(instance, request, items, inbound.Aborted));
        else HandlerSupport.Upload<ISmpiBuilder, TRequest, TItem, TResponse>(_builder, subject, Run);

        async ValueTask<TResponse> Run(TRequest request, IAsyncEnumerable<TItem> items, InboundCall inbound)
        {
            var services = new CallServices(inbound);
            await using ConfiguredAsyncDisposable disposal = services.ConfigureAwait(false);
            return await call(_find!(services), request, items, inbound.Aborted).ConfigureAwait(false);
        }
    }

    /// <summary>Adds a method that is answered by a stream.</summary>
    /// <typeparam name="TRequest">The request.</typeparam>
    /// <typeparam name="TOut">The type of the items.</typeparam>
    /// <param name="subject">The subject.</param>
    /// <param name="call">Calls the method.</param>
    public void Stream<TRequest, TOut>(string subject, Func<TContract, TRequest, CancellationToken, IAsyncEnumerable<TOut>> call)
    {
        ArgumentNullException.ThrowIfNull(call);
        AddStream<TRequest, Empty, TOut>(subject, false, (contract, request, _, ct) => call(contract, request, ct));
    }

    /// <summary>Adds a method that takes items and is answered by a stream.</summary>
    /// <typeparam name="TRequest">The request.</typeparam>
    /// <typeparam name="TIn">The type of the items that come.</typeparam>
    /// <typeparam name="TOut">The type of the items that go.</typeparam>
    /// <param name="subject">The subject.</param>
    /// <param name="call">Calls the method.</param>
    public void Duplex<TRequest, TIn, TOut>(string subject, Func<TContract, TRequest, IAsyncEnumerable<TIn>, CancellationToken, IAsyncEnumerable<TOut>> call)
    {
        ArgumentNullException.ThrowIfNull(call);
        AddStream(subject, true, call);
    }

    /// <summary>Adds a method that takes events.</summary>
    /// <typeparam name="TEvent">The event.</typeparam>
    /// <param name="subject">The subject.</param>
    /// <param name="call">Calls the method.</param>
    public void OneWay<TEvent>(string subject, Func<TContract, TEvent, CancellationToken, ValueTask> call)
    {
        ArgumentNullException.ThrowIfNull(call);
        if (_instance is { } instance) HandlerSupport.Event<ISmpiBuilder, TEvent>(_builder, subject, (value, _, ct) => call(instance, value, ct), null);
        else HandlerSupport.Event<ISmpiBuilder, TEvent>(_builder, subject, Run, null);

        async ValueTask Run(TEvent value, EventOrigin origin, CancellationToken ct)
        {
            var services = new CallServices(origin, subject, ct);
            await using ConfiguredAsyncDisposable disposal = services.ConfigureAwait(false);
            await call(_find!(services), value, ct).ConfigureAwait(false);
        }
    }

    private void AddStream<TRequest, TIn, TOut>(
        string subject, bool hasItems, Func<TContract, TRequest, IAsyncEnumerable<TIn>, CancellationToken, IAsyncEnumerable<TOut>> call)
    {
        if (_instance is { } instance)
            HandlerSupport.Stream<ISmpiBuilder, TRequest, TIn, TOut>(_builder, subject, hasItems, (request, items, inbound) => call(instance, request, items, inbound.Aborted));
        else HandlerSupport.Stream<ISmpiBuilder, TRequest, TIn, TOut>(_builder, subject, hasItems, Run);

        async IAsyncEnumerable<TOut> Run(TRequest request, IAsyncEnumerable<TIn> items, InboundCall inbound)
        {
            var services = new CallServices(inbound);
            await using ConfiguredAsyncDisposable disposal = services.ConfigureAwait(false);
            await foreach (TOut item in call(_find!(services), request, items, inbound.Aborted).ConfigureAwait(false)) yield return item;
        }
    }
}
