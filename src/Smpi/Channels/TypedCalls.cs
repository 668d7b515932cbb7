using System.ComponentModel;

namespace Smpi;

/// <summary>Calls typed by message records: the response type is inferred from the record.</summary>
/// <remarks>They are extensions, so that generated overloads for exact types win over them.</remarks>
public static class TypedCalls
{
    /// <summary>Sends a request and waits for its answer, within the channel's deadline.</summary>
    /// <typeparam name="TResponse">The type of the answer, inferred.</typeparam>
    /// <param name="caller">The channel.</param>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public static ValueTask<TResponse> RequestAsync<TResponse>(this ICaller caller, IRequest<TResponse> request, CancellationToken cancellationToken = default) =>
        RequestAsync(caller, request, null, cancellationToken);

    /// <summary>Sends a request and waits for its answer.</summary>
    /// <typeparam name="TResponse">The type of the answer, inferred.</typeparam>
    /// <param name="caller">The channel.</param>
    /// <param name="request">The request.</param>
    /// <param name="options">How to call; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public static ValueTask<TResponse> RequestAsync<TResponse>(
        this ICaller caller, IRequest<TResponse> request, CallOptions? options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(request);
        MessageContract contract = MessageContract.Of(request.GetType());
        return caller.RequestAsync<IRequest<TResponse>, TResponse>(contract.Subject, request, CallOptions.ForTyped(options, contract.IsIdempotent), cancellationToken);
    }

    /// <summary>Sends a request with a stream of items and waits for its answer.</summary>
    /// <typeparam name="TItem">The type of the items, inferred.</typeparam>
    /// <typeparam name="TResponse">The type of the answer, inferred.</typeparam>
    /// <param name="caller">The channel.</param>
    /// <param name="request">The request.</param>
    /// <param name="items">The items, sent as the peer takes them.</param>
    /// <param name="options">How to call; null for the defaults. There is no deadline unless one is given.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public static ValueTask<TResponse> RequestAsync<TItem, TResponse>(
        this ICaller caller, IClientStreamRequest<TItem, TResponse> request, IAsyncEnumerable<TItem> items, CallOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(request);
        return caller.RequestAsync<IClientStreamRequest<TItem, TResponse>, TItem, TResponse>(MessageContract.Of(request.GetType()).Subject, request, items, options, cancellationToken);
    }

    /// <summary>The call that generated overloads make, for exact types: <see cref="ICaller.RequestAsync{TRequest, TResponse}"/>, found at once where the caller is a channel.</summary>
    /// <typeparam name="TRequest">The type of the request.</typeparam>
    /// <typeparam name="TResponse">The type of the answer.</typeparam>
    /// <param name="caller">The channel.</param>
    /// <param name="subject">The subject.</param>
    /// <param name="request">The request.</param>
    /// <param name="options">How to call.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static ValueTask<TResponse> Request<TRequest, TResponse>(ICaller caller, string subject, TRequest request, CallOptions options, CancellationToken cancellationToken)
    {
        // A generic method of an interface is looked up at each call, and an exact class is known at once.
        if (caller is ConnectingChannel connecting) return connecting.RequestAsync<TRequest, TResponse>(subject, request, options, cancellationToken);
        if (caller is ChannelBase channel) return channel.RequestAsync<TRequest, TResponse>(subject, request, options, cancellationToken);
        ArgumentNullException.ThrowIfNull(caller);
        return caller.RequestAsync<TRequest, TResponse>(subject, request, options, cancellationToken);
    }

    /// <summary>Opens a stream of items. The request is sent when the enumeration begins.</summary>
    /// <typeparam name="TItem">The type of the items, inferred.</typeparam>
    /// <param name="caller">The channel.</param>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Cancels the stream; so does ending the enumeration.</param>
    public static IAsyncEnumerable<TItem> StreamAsync<TItem>(this ICaller caller, IStreamRequest<TItem> request, CancellationToken cancellationToken = default) =>
        StreamAsync(caller, request, null, cancellationToken);

    /// <summary>Opens a stream of items. The request is sent when the enumeration begins.</summary>
    /// <typeparam name="TItem">The type of the items, inferred.</typeparam>
    /// <param name="caller">The channel.</param>
    /// <param name="request">The request.</param>
    /// <param name="options">How to call; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the stream; so does ending the enumeration.</param>
    public static IAsyncEnumerable<TItem> StreamAsync<TItem>(
        this ICaller caller, IStreamRequest<TItem> request, CallOptions? options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(request);
        return caller.StreamAsync<IStreamRequest<TItem>, TItem>(MessageContract.Of(request.GetType()).Subject, request, options, cancellationToken);
    }

    /// <summary>Opens a stream in both directions.</summary>
    /// <typeparam name="TIn">The type of the items sent, inferred.</typeparam>
    /// <typeparam name="TOut">The type of the items received, inferred.</typeparam>
    /// <param name="caller">The channel.</param>
    /// <param name="request">The request.</param>
    /// <param name="items">The items, sent as the peer takes them.</param>
    /// <param name="options">How to call; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the stream; so does ending the enumeration.</param>
    public static IAsyncEnumerable<TOut> StreamAsync<TIn, TOut>(
        this ICaller caller, IDuplexRequest<TIn, TOut> request, IAsyncEnumerable<TIn> items, CallOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(request);
        return caller.StreamAsync<IDuplexRequest<TIn, TOut>, TIn, TOut>(MessageContract.Of(request.GetType()).Subject, request, items, options, cancellationToken);
    }
}
