namespace Smpi;

/// <summary>Decodes the body of a request or an event.</summary>
internal static class RequestReader
{
    public static T Read<T>(Link link, in Message message, string subject)
    {
        try
        {
            return message.Value is not null && message.Value is T value ? value : link.Codecs.Get<T>().Read(in message.BodyRef);
        }
        catch (Exception error) when (error is not EncodingException)
        {
            throw Unreadable(typeof(T), subject, error);
        }
    }

    public static T Read<T>(ICodec<T> codec, in Message message, string subject)
    {
        try
        {
            return message.Value is not null && message.Value is T value ? value : codec.Read(in message.BodyRef);
        }
        catch (EncodingException)
        {
            throw;
        }
        catch (Exception error)
        {
            throw Unreadable(typeof(T), subject, error);
        }
    }

    /// <summary>What a body that was decoded apart from the reader fails its call with.</summary>
    public static EncodingException Unreadable(InboundCall call, Exception error) =>
        error as EncodingException ?? new EncodingException($"The body of '{call.Subject}' could not be read: {error.Message}", error);

    private static EncodingException Unreadable(Type type, string subject, Exception error) => new($"The body of '{subject}' could not be read as {type.Name}: {error.Message}", error);
}
