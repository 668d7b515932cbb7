namespace Smpi.Conformance;

/// <summary>Takes the messages of <see cref="ConnectionSteps.Put"/> and checks that they come in order, each once.</summary>
internal sealed class SeedConsumer : IMessageConsumer
{
    public int Count { get; private set; }

    public void Take(in Message message)
    {
        Assert.Equal($"e.{Count}", message.Subject);
        Count++;
    }
}
