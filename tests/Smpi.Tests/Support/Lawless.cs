using System.Text;

namespace Smpi.Tests;

/// <summary>A peer at the level of messages: a connection without a channel, so that nothing keeps it to calls, credit or limits of its own.</summary>
internal sealed class Lawless : IAsyncDisposable
{
    private readonly IConnection _connection;
    private bool _batch;

    private Lawless(IConnection connection) => _connection = connection;

    public static async Task<Lawless> ConnectAsync(Pair pair) => new(await new TcpProtocol("127.0.0.1", new Uri(pair.Server.Address).Port).ConnectAsync(Options, default));

    /// <summary>Listens for one channel, which is given the port.</summary>
    public static async Task<(Lawless Peer, ISmpiChannel Channel)> AcceptAsync(Action<SmpiBuilder>? client = null)
    {
        await using IListener listener = await new TcpProtocol("127.0.0.1", 0).ListenAsync(Options with { Role = ConnectionRole.Listener }, default);
        ISmpiChannel channel = Pair.Create(new Uri(listener.Address).Port, client);
        Task connecting = channel.ConnectAsync().AsTask();
        var peer = new Lawless((await listener.AcceptAsync(default))!);
        await connecting;
        return (peer, channel);
    }

    public static byte[] Json(int length) => Encoding.UTF8.GetBytes("\"" + new string('x', length - 2) + "\"");

    /// <summary>Writes a message without asking anybody.</summary>
    public void Write(MessageKind kind, ulong? id, byte[]? body = null, string? subject = null, bool isReply = false, long amount = 0, Headers? headers = null) =>
        _connection.Write(new Message
        {
            Kind = kind,
            Id = id is { } number ? new MessageId(number) : default,
            Subject = subject,
            IsReply = isReply,
            Amount = amount,
            Headers = headers,
            Body = new(body ?? []),
        });

    public async Task FlushAsync() => await _connection.FlushAsync(default);

    /// <summary>Writes and sends until the other side has had enough.</summary>
    public async Task<bool> TrySendAsync(MessageKind kind, ulong? id, byte[]? body = null, string? subject = null, bool isReply = false)
    {
        try
        {
            Write(kind, id, body, subject, isReply);
            await FlushAsync().WaitAsync(TimeSpan.FromSeconds(30));
            return true;
        }
        catch (ChannelClosedException)
        {
            return false;
        }
    }

    /// <summary>The next message of a kind; others are passed over. Its body is a copy.</summary>
    public async Task<(Message Message, byte[] Body)> NextAsync(MessageKind kind)
    {
        while (true)
        {
            if (!_batch && !await _connection.ReadAsync(default).AsTask().WaitAsync(TimeSpan.FromSeconds(30))) throw new InvalidOperationException("The connection ended.");
            while (_batch = _connection.TryRead(out Message message))
            {
                if (message.Kind == kind) return (message, System.Buffers.BuffersExtensions.ToArray(message.Body));
            }
        }
    }

    public async ValueTask DisposeAsync() => await _connection.DisposeAsync();

    private static ConnectionOptions Options { get; } = new() { Format = new NativeFormat(), Encodings = ["json"] };
}
