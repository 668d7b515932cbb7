using System.Runtime.CompilerServices;

namespace Smpi.Tests;

/// <summary>A server and a channel to it over a real socket.</summary>
internal sealed class Pair : IAsyncDisposable
{
    private Pair(ISmpiServer server, ISmpiChannel channel, TaskCompletionSource<ISmpiPeer> peer)
    {
        Server = server;
        Channel = channel;
        Peer = peer.Task;
    }

    public ISmpiServer Server { get; }

    public ISmpiChannel Channel { get; }

    public Task<ISmpiPeer> Peer { get; }

    public static async Task<Pair> OpenAsync(Action<SmpiBuilder>? server = null, Action<SmpiBuilder>? client = null, int port = 0)
    {
        var connected = new TaskCompletionSource<ISmpiPeer>(TaskCreationOptions.RunContinuationsAsynchronously);
        ISmpiServer listening = SmpiServer.Create(builder =>
        {
            Compose(builder, new TcpProtocol("127.0.0.1", port));
            builder.Settings<ChannelParts>().Listen = true;
            builder.Settings<PeerSettings>().Connected = peer => connected.TrySetResult(peer);
            AddHandlers(builder);
            server?.Invoke(builder);
        });
        await listening.ListenAsync();
        return new Pair(listening, Create(new Uri(listening.Address).Port, client), connected);
    }

    public static ISmpiChannel Create(int port, Action<SmpiBuilder>? client = null) => SmpiChannel.Create(builder =>
    {
        Compose(builder, new TcpProtocol("127.0.0.1", port));
        client?.Invoke(builder);
    });

    public ISmpiChannel Connect() => Create(new Uri(Server.Address).Port);

    /// <summary>Connects, and gives the server's side of the connection.</summary>
    public async Task<ISmpiPeer> PeerAsync()
    {
        await Channel.ConnectAsync();
        return await Peer.WaitAsync(TimeSpan.FromSeconds(30));
    }

    public async ValueTask DisposeAsync()
    {
        await Channel.DisposeAsync();
        await Server.DisposeAsync();
    }

    private static void Compose(SmpiBuilder builder, IProtocol protocol)
    {
        ChannelParts parts = builder.Settings<ChannelParts>();
        parts.Protocol = protocol;
        parts.Format = new NativeFormat();
        parts.Encodings.Add(new TestJson());
    }

    private static void AddHandlers(SmpiBuilder builder) => builder
        .Handle((Ping ping) => new Pong(ping.Number, "pong"))
        .HandleStream((Count count, CancellationToken ct) => CountAsync(count, ct))
        .HandleClientStream(async (Sum _, IAsyncEnumerable<int> numbers, CancellationToken ct) =>
        {
            int sum = 0;
            await foreach (int number in numbers.WithCancellation(ct)) sum += number;
            return new Pong(sum, "sum");
        })
        .HandleDuplex((Doubled _, IAsyncEnumerable<int> numbers, CancellationToken ct) => DoubleAsync(numbers, ct))
        .Handle(async (AskBack ask, CallContext context, CancellationToken ct) => await context.Caller.RequestAsync(new Ping(ask.Number), ct))
        .Handle((Break _) => Fail());

    private static Empty Fail() => throw new FaultException(new Broken("axle"), "It broke.");

    private static async IAsyncEnumerable<Pong> CountAsync(Count count, [EnumeratorCancellation] CancellationToken ct)
    {
        string text = new('x', count.Size);
        for (int number = 0; number < count.To; number++)
        {
            ct.ThrowIfCancellationRequested();
            yield return new Pong(number, text);
        }

        await Task.CompletedTask;
    }

    private static async IAsyncEnumerable<Pong> DoubleAsync(IAsyncEnumerable<int> numbers, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (int number in numbers.WithCancellation(ct)) yield return new Pong(number * 2, "twice");
    }
}
