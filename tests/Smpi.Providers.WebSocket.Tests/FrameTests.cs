using System.Buffers;
using System.Net;
using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Smpi.Tests;

namespace Smpi.Providers.WebSocket.Tests;

/// <summary>Formats without a subprotocol of their own: one message of theirs is one WebSocket message.</summary>
public sealed class FrameTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Every_message_is_one_WebSocket_message_of_the_kind_that_the_format_says(bool isText)
    {
        await using var peer = await Peer.StartAsync();
        await using IConnection connection = await peer.ConnectAsync(new TinyFormat(isText: isText));
        for (int number = 1; number <= 3; number++)
            connection.Write(new Message { Kind = MessageKind.Event, Body = new ReadOnlySequence<byte>(Encoding.ASCII.GetBytes("body " + number)) });
        await connection.FlushAsync(CancellationToken.None);
        for (int number = 1; number <= 3; number++)
        {
            (WebSocketMessageType type, string text) = await peer.ReceiveAsync();
            Assert.Equal(isText ? WebSocketMessageType.Text : WebSocketMessageType.Binary, type);
            Assert.EndsWith("body " + number, text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_message_in_fragments_is_put_together()
    {
        await using var peer = await Peer.StartAsync();
        await using IConnection connection = await peer.ConnectAsync(new TinyFormat(isText: true));
        connection.Write(new Message { Kind = MessageKind.Event, Body = new ReadOnlySequence<byte>("again"u8.ToArray()) });
        await connection.FlushAsync(CancellationToken.None);
        byte[] echoed = Encoding.UTF8.GetBytes((await peer.ReceiveAsync()).Text);
        for (int at = 0; at < echoed.Length; at++) await peer.Socket.SendAsync(echoed.AsMemory(at, 1), WebSocketMessageType.Text, at == echoed.Length - 1, CancellationToken.None);
        Assert.True(await connection.ReadAsync(CancellationToken.None).AsTask().WaitAsync(Endpoint.Soon));
        Assert.True(connection.TryRead(out Message message));
        Assert.Equal("again", Encoding.ASCII.GetString(message.Body));
    }

    [Fact]
    public async Task A_message_of_the_other_kind_is_a_protocol_error_with_its_close_code()
    {
        await using var peer = await Peer.StartAsync();
        await using IConnection connection = await peer.ConnectAsync(new TinyFormat(isText: true));
        await peer.Socket.SendAsync(new byte[] { 1, 2 }, WebSocketMessageType.Binary, true, CancellationToken.None);
        ChannelClosedException error = await Assert.ThrowsAsync<ChannelClosedException>(() => connection.ReadAsync(CancellationToken.None).AsTask().WaitAsync(Endpoint.Soon));
        Assert.Equal(ErrorCode.ProtocolError, error.Code);
        Task closing = connection.DisposeAsync().AsTask();
        Assert.Equal(WebSocketMessageType.Close, (await peer.ReceiveAsync()).Type);
        Assert.Equal(WebSocketCloseStatus.ProtocolError, peer.Socket.CloseStatus);
        await peer.Socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", CancellationToken.None);
        await closing.WaitAsync(Endpoint.Soon);
    }

    [Fact]
    public async Task A_message_that_never_ends_is_refused_as_too_large_with_its_close_code()
    {
        await using var peer = await Peer.StartAsync();
        await using IConnection connection = await peer.ConnectAsync(new TinyFormat(isText: true), new SmpiLimits { MessageSize = 64 * 1024 });
        Task<ChannelClosedException> failing = Assert.ThrowsAsync<ChannelClosedException>(async () =>
        {
            while (await connection.ReadAsync(CancellationToken.None)) connection.TryRead(out _);
        });
        byte[] piece = Encoding.ASCII.GetBytes(new string('x', 16 * 1024));
        for (int sent = 0; sent < 16 && !failing.IsCompleted; sent++) await peer.Socket.SendAsync(piece.AsMemory(), WebSocketMessageType.Text, false, CancellationToken.None);
        Assert.Equal(ErrorCode.TooLarge, (await failing.WaitAsync(Endpoint.Soon)).Code);
        Task closing = connection.DisposeAsync().AsTask();
        Assert.Equal(WebSocketMessageType.Close, (await peer.ReceiveAsync()).Type);
        Assert.Equal(WebSocketCloseStatus.MessageTooBig, peer.Socket.CloseStatus);
        peer.Socket.Abort();
        await closing.WaitAsync(Endpoint.Soon);
    }

    [Fact]
    public async Task A_peer_that_answers_no_ping_is_gone()
    {
        await using var peer = await Peer.StartAsync();
        await using IConnection connection = await peer.ConnectAsync(new TinyFormat(isText: true), configure: ws =>
        {
            (ws.KeepAliveInterval, ws.KeepAliveTimeout) = (TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(100));
        });

        // Nobody reads at the peer, so nobody answers pings there.
        ChannelClosedException error = await Assert.ThrowsAsync<ChannelClosedException>(() => connection.ReadAsync(CancellationToken.None).AsTask().WaitAsync(Endpoint.Soon));
        Assert.Equal((ErrorCode.Unavailable, ClosedBy.Transport), (error.Code, error.Reason.By));
    }

    /// <summary>A web server with one open WebSocket.</summary>
    private sealed class Peer(WebApplication app, TaskCompletionSource<System.Net.WebSockets.WebSocket> accepted, TaskCompletionSource done) : IAsyncDisposable
    {
        public System.Net.WebSockets.WebSocket Socket => accepted.Task.Result;

        public static async Task<Peer> StartAsync()
        {
            WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
            WebApplication app = builder.Build();
            app.UseWebSockets();
            var accepted = new TaskCompletionSource<System.Net.WebSockets.WebSocket>(TaskCreationOptions.RunContinuationsAsynchronously);
            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            app.Run(async context =>
            {
                using System.Net.WebSockets.WebSocket socket = await context.WebSockets.AcceptWebSocketAsync();
                accepted.SetResult(socket);
                await done.Task;
            });
            await app.StartAsync().WaitAsync(Endpoint.Soon);
            return new Peer(app, accepted, done);
        }

        public async Task<IConnection> ConnectAsync(IWireFormat format, SmpiLimits? limits = null, Action<WebSocketOptions>? configure = null)
        {
            var options = new WebSocketOptions();
            configure?.Invoke(options);
            var protocol = new WebSocketProtocol(app.Urls.Single().Replace("http", "ws", StringComparison.Ordinal) + "/any", options);
            IConnection connection = await protocol.ConnectAsync(new ConnectionOptions { Format = format, Limits = limits ?? new SmpiLimits() }, CancellationToken.None).AsTask().WaitAsync(Endpoint.Soon);
            await accepted.Task.WaitAsync(Endpoint.Soon);
            return connection;
        }

        public async Task<(WebSocketMessageType Type, string Text)> ReceiveAsync()
        {
            byte[] buffer = new byte[64 * 1024];
            int count = 0;
            while (true)
            {
                ValueWebSocketReceiveResult result = await Socket.ReceiveAsync(buffer.AsMemory(count), CancellationToken.None).AsTask().WaitAsync(Endpoint.Soon);
                count += result.Count;
                if (result.EndOfMessage) return (result.MessageType, Encoding.UTF8.GetString(buffer, 0, count));
            }
        }

        public async ValueTask DisposeAsync()
        {
            done.TrySetResult();
            await app.StopAsync().WaitAsync(Endpoint.Soon);
            await app.DisposeAsync();
        }
    }
}
