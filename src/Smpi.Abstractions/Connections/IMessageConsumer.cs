namespace Smpi;

/// <summary>Takes the messages of a batch, one after the other, where they were read.</summary>
public interface IMessageConsumer
{
    /// <summary>Takes a message.</summary>
    /// <param name="message">The message; lent like any that was read.</param>
    void Take(in Message message);

    /// <summary>Takes several items of one stream at once. Without an implementation of its own it takes each by <see cref="Take"/>.</summary>
    /// <param name="envelope">The message that each of them is, without its body.</param>
    /// <param name="run">The items; lent like a message that was read.</param>
    void TakeItems(in Message envelope, in ItemRun run)
    {
        int position = 0;
        while (run.Next(in envelope, ref position, out Message message)) Take(in message);
    }
}
