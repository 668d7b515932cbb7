namespace Smpi;

/// <summary>What becomes of a message that is well formed and exceeds what this side takes.</summary>
internal static class Refusal
{
    /// <summary>A request to be answered with the fault, or a failed call; the connection lives.</summary>
    /// <exception cref="ChannelClosedException">The message belongs to no single answer, and its sender knew the limits.</exception>
    public static Message Of(in Message head, Fault why) => head.Kind switch
    {
        MessageKind.Request => new Message { Kind = MessageKind.Request, Id = head.Id, Subject = head.Subject ?? "", Amount = head.Amount, Fault = why },
        MessageKind.Response => new Message { Kind = MessageKind.Error, IsReply = true, Id = head.Id, Fault = why },
        MessageKind.Error => new Message { Kind = MessageKind.Error, IsReply = true, Id = head.Id, Fault = head.Fault ?? why },
        _ => throw ChannelClosedException.ProtocolError($"The peer sent a message of kind {head.Kind} that exceeds the limits of this side: {why.Text}"),
    };
}
