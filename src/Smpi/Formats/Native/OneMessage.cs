namespace Smpi;

/// <summary>Holds the message of a read that asks for one at a time.</summary>
internal sealed class OneMessage : IMessageConsumer
{
    private Message _message;

    public void Take(in Message message) => _message = message;

    public void Give(out Message message)
    {
        message = _message;
        _message = default;
    }
}
