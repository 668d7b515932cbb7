namespace Smpi;

/// <summary>Writes messages. Calls are serialised.</summary>
public interface IMessageWriter
{
    /// <summary>Appends a message, encoding its body in place.</summary>
    /// <param name="message">The envelope, with the body's octets when <paramref name="body"/> is null.</param>
    /// <param name="body">Encodes the body; called synchronously, at most once, and not kept.</param>
    /// <param name="output">Where to append. When this method throws, the caller truncates it to where it was, and the writer's own state is as before.</param>
    /// <returns>Octets of the encoded body.</returns>
    /// <exception cref="MessageTooLargeException">The message exceeds the limits.</exception>
    int Write(in Message message, IMessageBody? body, OutBuffer output);

    /// <summary>Says how the items of a stream are framed, where that is the same for all of them and needs no state of the writer.</summary>
    /// <param name="envelope">The message that each item is, without its body.</param>
    /// <returns>The frame; null where each item has to be written by <see cref="Write"/>.</returns>
    ItemFrame? FrameItems(in Message envelope) => null;
}
