namespace Smpi;

/// <summary>Answers one kind of request as a class, with its services in the constructor.</summary>
/// <typeparam name="TRequest">The request.</typeparam>
/// <typeparam name="TResponse">The answer.</typeparam>
public interface IRequestHandler<in TRequest, TResponse>
    where TRequest : IRequest<TResponse>
{
    /// <summary>Answers one request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="context">The call: its headers, its caller, its time.</param>
    /// <param name="cancellationToken">Fires when nobody waits for the answer any more.</param>
    ValueTask<TResponse> HandleAsync(TRequest request, CallContext context, CancellationToken cancellationToken);
}
