namespace Smpi;

/// <summary>Answers a subject once per request.</summary>
internal class UnaryHandler<TRequest, TResponse>(string subject, Func<TRequest, InboundCall, ValueTask<TResponse>> invoke) : HandlerEntry(subject)
{
    private readonly Pool<InboundUnary<TRequest, TResponse>> _pool = new();

    public ValueTask<TResponse> Invoke(TRequest request, InboundCall call)
    {
        IList<Func<CallContext, Func<Task>, Task>> middleware = call.Link.Owner.Plan.Middleware.Incoming;
        return middleware.Count == 0 ? invoke(request, call) : InvokeInside(middleware, request, call);
    }

    public virtual void Return(InboundUnary<TRequest, TResponse> call) => _pool.Return(call);

    public override InboundCall Accept(Link link, in Message message)
    {
        InboundUnary<TRequest, TResponse> call = _pool.Rent() ?? new InboundUnary<TRequest, TResponse>(this);
        call.Take(link.Codecs, in message, Subject);
        call.Begin(link, in message, Subject);
        return call;
    }

    // Apart, because a method with a closure over its parameters makes the closure whenever it is entered.
    private ValueTask<TResponse> InvokeInside(IList<Func<CallContext, Func<Task>, Task>> middleware, TRequest request, InboundCall call) =>
        Pipeline.RunAsync(middleware, call.Context, Subject, () => invoke(request, call));
}
