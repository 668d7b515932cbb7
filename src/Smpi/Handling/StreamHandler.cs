namespace Smpi;

/// <summary>Answers a subject with a stream of items.</summary>
internal sealed class StreamHandler<TRequest, TIn, TOut>(string subject, bool hasItems, Func<TRequest, IAsyncEnumerable<TIn>, InboundCall, IAsyncEnumerable<TOut>> invoke)
    : HandlerEntry(subject)
{
    /// <summary>Whether the caller sends items too.</summary>
    public bool HasItems => hasItems;

    public override string? MissingTrait(FormatTraits traits) => !traits.Streams ? "streams" : hasItems && !traits.ClientStreams ? "streams from the caller" : null;

    public IAsyncEnumerable<TOut> Invoke(TRequest request, InboundStream<TRequest, TIn, TOut> call)
    {
        IList<Func<CallContext, Func<Task>, Task>> middleware = call.Link.Owner.Plan.Middleware.Incoming;
        return middleware.Count == 0 ? invoke(request, call.Items!, call) : Pipeline.RunStreamAsync(middleware, call.Context, Subject, () => invoke(request, call.Items!, call));
    }

    public override InboundCall Accept(Link link, in Message message)
    {
        var call = new InboundStream<TRequest, TIn, TOut>(this);
        call.Take(link, in message);
        call.Begin(link, in message, Subject);
        call.Open();
        return call;
    }
}
