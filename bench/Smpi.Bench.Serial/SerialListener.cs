using System.Threading.Channels;

namespace Smpi.Bench.Serial;

/// <summary>Hands out the connection that the channel opened.</summary>
internal sealed class SerialListener(Channel<IConnection> accepted) : IListener
{
    public string Address => "serial:";

    public async ValueTask<IConnection?> AcceptAsync(CancellationToken cancellationToken) =>
        await accepted.Reader.WaitToReadAsync(cancellationToken) && accepted.Reader.TryRead(out IConnection? connection) ? connection : null;

    public ValueTask DisposeAsync()
    {
        accepted.Writer.TryComplete();
        return default;
    }
}
