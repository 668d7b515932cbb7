namespace Smpi;

/// <summary>What answers one subject.</summary>
internal abstract class HandlerEntry(string subject)
{
    public string Subject { get; } = subject;

    /// <summary>What the handler needs from a format, for the sentence of a refusal; null when every format will do.</summary>
    public virtual string? MissingTrait(FormatTraits traits) => traits.Calls ? null : "requests";

    /// <summary>Decodes a request and makes its call; the body is lent.</summary>
    /// <exception cref="EncodingException">The body is not a request of the handler's type.</exception>
    public abstract InboundCall Accept(Link link, in Message message);
}
