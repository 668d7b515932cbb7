using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Smpi.Providers.WebSocket.Tests;

public sealed class CloseCodeTests
{
    [Theory]
    [InlineData(1000, "", "Closed", "closed the connection")]
    [InlineData(1001, "", "Closed", "is going away")]
    [InlineData(1002, "", "ProtocolError", "with the code 1002")]
    [InlineData(1003, "binary only", "ProtocolError", "binary only")]
    [InlineData(1007, "", "ProtocolError", "1007")]
    [InlineData(1008, "not you", "PermissionDenied", "not you")]
    [InlineData(1008, "Unauthenticated: the token has expired", "Unauthenticated", "the token has expired")]
    [InlineData(1009, "too big for me", "TooLarge", "too big for me")]
    [InlineData(1011, "", "Internal", "1011")]
    [InlineData(1012, "", "Unavailable", "1012")]
    [InlineData(1013, "try later", "Unavailable", "try later")]
    [InlineData(4321, "private", "Unknown", "private")]
    public async Task A_close_code_of_the_listener_becomes_the_reason_at_the_dialler(int code, string text, string expected, string sentence)
    {
        await using WebApplication app = await StartAsync(async socket => await socket.CloseAsync((WebSocketCloseStatus)code, text, CancellationToken.None));
        var protocol = new WebSocketProtocol(app.Urls.Single().Replace("http", "ws", StringComparison.Ordinal) + "/smpi");
        ChannelClosedException error = await Assert.ThrowsAsync<ChannelClosedException>(
            () => protocol.ConnectAsync(new ConnectionOptions { Format = new NativeFormat() }, CancellationToken.None).AsTask().WaitAsync(Endpoint.Soon));
        Assert.Equal((expected, ClosedBy.Peer), (error.Code.Name, error.Reason.By));
        Assert.Contains(sentence, error.Reason.Text, StringComparison.Ordinal);
        await app.StopAsync().WaitAsync(Endpoint.Soon);
    }

    [Fact]
    public async Task A_first_message_larger_than_a_hello_may_be_is_closed_with_a_code()
    {
        await using ISmpiServer server = await Endpoint.ListenAsync();
        using ClientWebSocket socket = await Endpoint.RawAsync(server.Address);
        await socket.SendAsync(new byte[] { 0xFF, 0xFF, 0xFF, 0x7F, 0x10 }, WebSocketMessageType.Binary, true, CancellationToken.None);
        Assert.Equal((WebSocketCloseStatus.ProtocolError, false), await EndAsync(socket));
    }

    [Fact]
    public async Task A_server_that_ends_says_that_it_was_in_good_order()
    {
        ISmpiServer server = await Endpoint.ListenAsync();
        await using ISmpiChannel channel = Endpoint.Connect(server.Address);
        await channel.ConnectAsync().AsTask().WaitAsync(Endpoint.Soon);
        var options = new ConnectionOptions { Format = new NativeFormat(), Encodings = ["json"] };
        await using IConnection connection = await new WebSocketProtocol(server.Address).ConnectAsync(options, CancellationToken.None);
        Task<bool> read = connection.ReadAsync(CancellationToken.None).AsTask();

        // The dialler's handshake ends before the listener's.
        await TestWait.UntilAsync(() => server.Peers.Count == 2);
        await server.DisposeAsync().AsTask().WaitAsync(Endpoint.Soon);
        for (; await read.WaitAsync(Endpoint.Soon); read = connection.ReadAsync(CancellationToken.None).AsTask())
        {
            while (connection.TryRead(out _))
            {
            }
        }

        Assert.Equal((ErrorCode.Closed, ClosedBy.Peer), (connection.Info.Closed!.Code, connection.Info.Closed.By));
    }

    [Theory]
    [InlineData("unmasked", 1002)]
    [InlineData("reserved bits", 1002)]
    [InlineData("unknown opcode", 1002)]
    [InlineData("long ping", 1002)]
    [InlineData("text", 1002)]
    public async Task Frames_against_the_rules_are_closed_with_their_code(string kind, int code)
    {
        await using ISmpiServer server = await Endpoint.ListenAsync();
        await using Stream stream = await Endpoint.FramesAsync(server.Address);
        await stream.WriteAsync(kind switch
        {
            "unmasked" => [0x82, 0x01, 0x00],
            "reserved bits" => Endpoint.Frame(0xF2, [0]),
            "unknown opcode" => Endpoint.Frame(0x85, [0]),
            "long ping" => Endpoint.Frame(0x89, new byte[130]),
            _ => Endpoint.Frame(0x81, "hello"u8),
        });

        // The platform ends some of them without a word; no other code may be heard.
        int? heard = await Endpoint.CloseCodeAsync(stream);
        Assert.True(heard is null || heard == code, $"The code was {heard}.");
    }

    [Fact]
    public async Task A_declared_gibibyte_costs_nothing_before_it_comes()
    {
        await using ISmpiServer server = await Endpoint.ListenAsync();
        long before = GC.GetTotalAllocatedBytes(true);
        await using Stream stream = await Endpoint.FramesAsync(server.Address);
        await stream.WriteAsync(Endpoint.Frame(0x82, new byte[16], announced: 1L << 30));
        await Endpoint.CloseCodeAsync(stream);
        Assert.InRange(GC.GetTotalAllocatedBytes(true) - before, 0, 64 * 1024 * 1024);
    }

    private static async Task<(WebSocketCloseStatus?, bool)> EndAsync(ClientWebSocket socket)
    {
        byte[] buffer = new byte[4096];
        while ((await socket.ReceiveAsync(buffer, CancellationToken.None).WaitAsync(Endpoint.Soon)).MessageType != WebSocketMessageType.Close)
        {
        }

        return (socket.CloseStatus, string.IsNullOrEmpty(socket.CloseStatusDescription));
    }

    private static async Task<WebApplication> StartAsync(Func<System.Net.WebSockets.WebSocket, Task> serve)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        WebApplication app = builder.Build();
        app.UseWebSockets();
        app.Run(async context =>
        {
            using System.Net.WebSockets.WebSocket socket = await context.WebSockets.AcceptWebSocketAsync("smpi.v1");
            await serve(socket);
        });
        await app.StartAsync().WaitAsync(Endpoint.Soon);
        return app;
    }
}
