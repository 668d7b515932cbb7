namespace Smpi;

/// <summary>Takes the messages of a batch, one after the other, where they were read.</summary>
public interface IMessageConsumer
{
    /// <summary>Takes a message.</summary>
    /// <param name="message">The message; lent like any that was read.</param>
    void Take(in Message message);
}
