using System.Threading.Channels;

namespace Smpi.Bench.Serial;

/// <summary>Connects a channel and a server of this process by queues, whose bytes move when <see cref="Deliver"/> is called.</summary>
internal sealed class SerialProtocol : IServerProtocol
{
    private readonly ByteQueue _requests = new();
    private readonly ByteQueue _answers = new();
    private readonly Channel<IConnection> _accepted = Channel.CreateBounded<IConnection>(1);
    private ConnectionOptions? _listener;

    public string Name => "serial";

    /// <summary>Moves what was sent, first to the server and then to the channel. Both sides run within this call.</summary>
    /// <returns>Whether anything moved.</returns>
    public bool Deliver() => _requests.Deliver() | _answers.Deliver();

    public ValueTask<IListener> ListenAsync(ConnectionOptions options, CancellationToken cancellationToken)
    {
        _listener = options with { Role = ConnectionRole.Listener };
        return new ValueTask<IListener>(new SerialListener(_accepted));
    }

    public async ValueTask<IConnection> ConnectAsync(ConnectionOptions options, CancellationToken cancellationToken)
    {
        ConnectionOptions listener = _listener ?? throw new InvalidOperationException("The server listens before the channel connects.");
        Task<StreamConnection> accepted = StreamConnection.OpenAsync(new QueueTransport(_requests, _answers), listener, Name, cancellationToken).AsTask();
        StreamConnection connection = await StreamConnection.OpenAsync(
            new QueueTransport(_answers, _requests), options with { Role = ConnectionRole.Dialler }, Name, cancellationToken);
        await _accepted.Writer.WriteAsync(await accepted, cancellationToken);
        return connection;
    }
}
