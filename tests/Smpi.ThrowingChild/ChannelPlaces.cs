using System.Net.Sockets;

namespace Smpi.ThrowingChild;

/// <summary>Places in channels and servers: callbacks, layers, protocols.</summary>
internal static class ChannelPlaces
{
    public static IEnumerable<Place> All =>
    [
        new("state-changed", "StateChanged", async stage => await stage.Channel.ConnectAsync())
        {
            Client = (builder, stage) => builder.WithOptions(options => options.StateChanged += state =>
            {
                if (state == ChannelState.Connected) throw new Boom();
            }),
        },
        new("notes", "Notes", async stage =>
        {
            using var socket = new TcpClient();
            await socket.ConnectAsync("127.0.0.1", new Uri(stage.Server.Address).Port);
            await socket.GetStream().WriteAsync("GET / HTTP/1.1\r\n\r\n"u8.ToArray());
        }) { Server = (builder, stage) => builder.WithOptions(options => options.Notes += _ => stage.ThrowOnce()) },
        new("on-peer", "OnPeer", stage => LostAsync(stage)) { Server = (builder, stage) => builder.OnPeer(_ => stage.ThrowOnce()), ClosesChannel = true },
        new("disconnected", "Disconnected", LeaveAsync) { Server = (builder, stage) => builder.Settings<PeerSettings>().Disconnected += _ => stage.ThrowOnce() },
        new("gone", "Gone", LeaveAsync) { Server = (builder, stage) => builder.OnPeer(peer => peer.Gone.Register(stage.ThrowOnce)) },
        new("layer-server", "AcceptAsync", stage => LostAsync(stage)) { Server = (builder, stage) => builder.UseLayer(connection => Once(stage, connection)), ClosesChannel = true },
        new("layer-client", "ConnectAsync", stage => CallPlaces.FailsAsync<ChannelClosedException>(stage.Channel.ConnectAsync().AsTask()))
        {
            Client = (builder, stage) => builder.UseLayer(connection => Once(stage, connection)),
        },
        new("layer-write", null, async stage =>
        {
            await CallPlaces.FailsAsync<TimeoutException>(stage.Channel.RequestAsync(new Act(), new CallOptions { Deadline = TimeSpan.FromMilliseconds(300) }).AsTask());
            await Stage.UntilAsync(() => stage.Channel.Status.Generation > 1);
        })
        {
            Client = (builder, _) => builder.UseLayer(connection => new Layer(connection)),
            Server = (builder, _) => builder.Handle(async (Act _, CancellationToken _) =>
            {
                await Task.Delay(Timeout.Infinite, CancellationToken.None);
                return new Pong(0);
            }),
        },
        new("protocol-connect", "ConnectAsync", stage => CallPlaces.FailsAsync<ChannelClosedException>(stage.Channel.ConnectAsync().AsTask())) { Client = Wrap },
        new("protocol-accept", "AcceptAsync", async stage => await stage.Channel.ConnectAsync()) { Server = Wrap },
    ];

    private static void Wrap(SmpiBuilder builder, Stage stage)
    {
        ChannelParts parts = builder.Settings<ChannelParts>();
        parts.Protocol = new Protocol((IServerProtocol)parts.Protocol!, stage);
    }

    private static IConnection Once(Stage stage, IConnection connection)
    {
        stage.ThrowOnce();
        return connection;
    }

    private static async Task LeaveAsync(Stage stage)
    {
        ISmpiChannel other = stage.Connect(null);
        await other.ConnectAsync();
        await other.DisposeAsync();
    }

    // The peer is let go; the channel comes back by itself.
    private static async Task LostAsync(Stage stage)
    {
        await stage.Channel.ConnectAsync();
        await Stage.UntilAsync(() => stage.Channel.Status.Generation > 1);
    }

    /// <summary>Cannot say that a call is cancelled.</summary>
    private sealed class Layer(IConnection inner) : IConnection
    {
        public ConnectionInfo Info => inner.Info;

        public ValueTask<bool> ReadAsync(CancellationToken cancellationToken) => inner.ReadAsync(cancellationToken);

        public bool TryRead(out Message message) => inner.TryRead(out message);

        public Written Write(in Message message, IMessageBody? body = null) => message.Kind == MessageKind.Cancel ? throw new Boom() : inner.Write(in message, body);

        public ValueTask FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }

    private sealed class Protocol(IServerProtocol inner, Stage stage) : IServerProtocol
    {
        public string Name => inner.Name;

        public ValueTask<IConnection> ConnectAsync(ConnectionOptions options, CancellationToken cancellationToken)
        {
            stage.ThrowOnce();
            return inner.ConnectAsync(options, cancellationToken);
        }

        public async ValueTask<IListener> ListenAsync(ConnectionOptions options, CancellationToken cancellationToken) =>
            new Listener(await inner.ListenAsync(options, cancellationToken), stage);
    }

    private sealed class Listener(IListener inner, Stage stage) : IListener
    {
        public string Address => inner.Address;

        public ValueTask<IConnection?> AcceptAsync(CancellationToken cancellationToken)
        {
            stage.ThrowOnce();
            return inner.AcceptAsync(cancellationToken);
        }

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
