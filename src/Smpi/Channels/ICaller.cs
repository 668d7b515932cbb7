namespace Smpi;

/// <summary>Makes calls by subject. Typed calls by message record are extensions of it.</summary>
/// <remarks>
/// Every call ends with its result or with one of: <see cref="RemoteException"/>, <see cref="ChannelClosedException"/>, <see cref="TimeoutException"/>,
/// <see cref="OperationCanceledException"/>, <see cref="EncodingException"/>, <see cref="UnknownSubjectException"/>, <see cref="MessageTooLargeException"/>,
/// <see cref="SmpiConfigurationException"/>.
/// </remarks>
public interface ICaller
{
    /// <summary>Sends a request and waits for its one answer.</summary>
    /// <typeparam name="TRequest">The type of the request; <see cref="RawBody"/> passes octets.</typeparam>
    /// <typeparam name="TResponse">The type of the answer; <see cref="Empty"/> for none.</typeparam>
    /// <param name="subject">What the request is about.</param>
    /// <param name="request">The request; encoded before this method returns.</param>
    /// <param name="options">How to call; null for the defaults. Calls by subject have no deadline unless one is given.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask<TResponse> RequestAsync<TRequest, TResponse>(string subject, TRequest request, CallOptions? options, CancellationToken cancellationToken);

    /// <summary>Sends a request and a stream of items, and waits for one answer.</summary>
    /// <typeparam name="TRequest">The type of the request.</typeparam>
    /// <typeparam name="TItem">The type of the items.</typeparam>
    /// <typeparam name="TResponse">The type of the answer.</typeparam>
    /// <param name="subject">What the request is about.</param>
    /// <param name="request">The request.</param>
    /// <param name="items">The items, sent as the peer takes them; no longer enumerated once the answer is there.</param>
    /// <param name="options">How to call; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask<TResponse> RequestAsync<TRequest, TItem, TResponse>(
        string subject, TRequest request, IAsyncEnumerable<TItem> items, CallOptions? options, CancellationToken cancellationToken);

    /// <summary>Opens a stream of items from the peer. The request is sent when the enumeration begins, and again for every enumeration.</summary>
    /// <typeparam name="TRequest">The type of the request.</typeparam>
    /// <typeparam name="TItem">The type of the items.</typeparam>
    /// <param name="subject">What the request is about.</param>
    /// <param name="request">The request.</param>
    /// <param name="options">How to call; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the stream; so does ending the enumeration.</param>
    IAsyncEnumerable<TItem> StreamAsync<TRequest, TItem>(string subject, TRequest request, CallOptions? options, CancellationToken cancellationToken);

    /// <summary>Opens a stream in both directions.</summary>
    /// <typeparam name="TRequest">The type of the request.</typeparam>
    /// <typeparam name="TIn">The type of the items sent.</typeparam>
    /// <typeparam name="TOut">The type of the items received.</typeparam>
    /// <param name="subject">What the request is about.</param>
    /// <param name="request">The request.</param>
    /// <param name="items">The items, sent as the peer takes them.</param>
    /// <param name="options">How to call; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the stream; so does ending the enumeration.</param>
    IAsyncEnumerable<TOut> StreamAsync<TRequest, TIn, TOut>(
        string subject, TRequest request, IAsyncEnumerable<TIn> items, CallOptions? options, CancellationToken cancellationToken);
}
