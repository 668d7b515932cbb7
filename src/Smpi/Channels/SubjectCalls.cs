namespace Smpi;

/// <summary>Calls by subject with fewer arguments, for foreign peers.</summary>
public static class SubjectCalls
{
    /// <summary>Sends a request and waits for its answer, without a deadline.</summary>
    /// <typeparam name="TRequest">The type of the request; <see cref="RawBody"/> passes octets.</typeparam>
    /// <typeparam name="TResponse">The type of the answer; <see cref="Empty"/> for none.</typeparam>
    /// <param name="caller">The channel.</param>
    /// <param name="subject">What the request is about.</param>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public static ValueTask<TResponse> RequestAsync<TRequest, TResponse>(this ICaller caller, string subject, TRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return caller.RequestAsync<TRequest, TResponse>(subject, request, null, cancellationToken);
    }

    /// <summary>Opens a stream of items.</summary>
    /// <typeparam name="TRequest">The type of the request.</typeparam>
    /// <typeparam name="TItem">The type of the items.</typeparam>
    /// <param name="caller">The channel.</param>
    /// <param name="subject">What the request is about.</param>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Cancels the stream; so does ending the enumeration.</param>
    public static IAsyncEnumerable<TItem> StreamAsync<TRequest, TItem>(this ICaller caller, string subject, TRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return caller.StreamAsync<TRequest, TItem>(subject, request, null, cancellationToken);
    }

    /// <summary>Sends an event, which nobody answers.</summary>
    /// <typeparam name="TEvent">The type of the event.</typeparam>
    /// <param name="bus">The channel.</param>
    /// <param name="subject">What the event is about.</param>
    /// <param name="value">The event.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static ValueTask NotifyAsync<TEvent>(this IEventBus bus, string subject, TEvent value, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(bus);
        return bus.PublishAsync(subject, value, null, cancellationToken);
    }
}
