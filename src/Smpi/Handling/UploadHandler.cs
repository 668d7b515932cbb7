namespace Smpi;

/// <summary>Answers a subject once per request, after a stream of items from the caller.</summary>
internal sealed class UploadHandler<TRequest, TItem, TResponse>(
    string subject, Func<TRequest, IAsyncEnumerable<TItem>, InboundCall, ValueTask<TResponse>> invoke)
    : UnaryHandler<TRequest, TResponse>(subject, (request, call) => invoke(request, ((InboundUpload<TRequest, TItem, TResponse>)call).Items, call))
{
    public override string? MissingTrait(FormatTraits traits) => traits.ClientStreams ? null : "streams from the caller";

    public override void Return(InboundUnary<TRequest, TResponse> call)
    {
        // Its items belong to one call: it is not used again.
    }

    public override InboundCall Accept(Link link, in Message message)
    {
        var call = new InboundUpload<TRequest, TItem, TResponse>(this);
        call.Take(link.Codecs, in message, Subject);
        call.Begin(link, in message, Subject);
        call.Open();
        return call;
    }
}
