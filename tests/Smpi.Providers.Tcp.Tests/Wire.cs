using System.Buffers;
using System.Collections.Concurrent;
using System.Text;

namespace Smpi.Providers.Tcp.Tests;

/// <summary>What every test does with connections.</summary>
internal static class Wire
{
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(30);

    public static ConnectionOptions Options(bool hello = true) => new() { Format = new TinyFormat(hello) };

    public static async Task<IConnection> ConnectAsync(this IProtocol protocol, ConnectionOptions? options = null) =>
        await protocol.ConnectAsync(options ?? Options(), CancellationToken.None).AsTask().WaitAsync(Patience);

    public static async Task<IListener> ListenAsync(this IServerProtocol protocol, ConnectionOptions? options = null) =>
        await protocol.ListenAsync(options ?? Options(), CancellationToken.None).AsTask().WaitAsync(Patience);

    public static async Task<IConnection?> AcceptAsync(this IListener listener) => await listener.AcceptAsync(CancellationToken.None).AsTask().WaitAsync(Patience);

    public static async Task<(IConnection Client, IConnection Server)> PairAsync(IListener listener, IProtocol dialler, ConnectionOptions? options = null)
    {
        Task<IConnection?> accepting = listener.AcceptAsync();
        IConnection client = await dialler.ConnectAsync(options);
        return (client, (await accepting)!);
    }

    public static async Task SendAsync(this IConnection connection, ReadOnlyMemory<byte> body, CancellationToken ct = default)
    {
        connection.Write(new Message { Kind = MessageKind.Event, Body = new ReadOnlySequence<byte>(body) });
        await connection.FlushAsync(ct).AsTask().WaitAsync(Patience, CancellationToken.None);
    }

    public static Task SendAsync(this IConnection connection, string text) => connection.SendAsync(Encoding.UTF8.GetBytes(text));

    /// <summary>The next message's body; null when the peer closed in good order.</summary>
    public static async Task<byte[]?> ReceiveAsync(this IConnection connection)
    {
        while (true)
        {
            if (connection.TryRead(out Message message)) return message.Body.ToArray();
            if (!await connection.ReadAsync(CancellationToken.None).AsTask().WaitAsync(Patience)) return null;
        }
    }

    public static async Task<string?> ReceiveTextAsync(this IConnection connection) => await connection.ReceiveAsync() is { } body ? Encoding.UTF8.GetString(body) : null;

    /// <summary>Polls a condition with a deadline.</summary>
    public static async Task<bool> EventuallyAsync(Func<bool> condition)
    {
        using var deadline = new CancellationTokenSource(Patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!condition())
        {
            if (deadline.IsCancellationRequested) return false;
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }

        return true;
    }

    /// <summary>Sends one message each way and checks both.</summary>
    public static async Task AssertEchoAsync(IConnection client, IConnection server)
    {
        await client.SendAsync("ping");
        Assert.Equal("ping", await server.ReceiveTextAsync());
        await server.SendAsync("pong");
        Assert.Equal("pong", await client.ReceiveTextAsync());
    }
}
