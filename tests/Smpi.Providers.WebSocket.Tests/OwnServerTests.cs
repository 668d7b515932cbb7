using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Smpi.Providers.WebSocket.Tests;

public sealed class OwnServerTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Requests_and_events_go_over_an_own_server()
    {
        await using ISmpiServer server = await ListenAsync();
        await using ISmpiChannel channel = Connect(server.Address);
        var heard = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        using ISubscription subscription = channel.On<Happened>(happened => heard.TrySetResult(happened.Number));
        Assert.Equal(5, await channel.RequestAsync(new Add(2, 3)).AsTask().WaitAsync(Soon));
        await server.Peers.PublishAsync(new Happened(7));
        Assert.Equal(7, await heard.Task.WaitAsync(Soon));
    }

    [Fact]
    public async Task A_body_larger_than_a_frame_arrives_whole()
    {
        await using ISmpiServer server = await ListenAsync(builder => builder.Handle("length", (string text, CallContext _, CancellationToken _) => new ValueTask<int>(text.Length)));
        await using ISmpiChannel channel = Connect(server.Address, ws => ws.MaxFrame = 1000);
        Assert.Equal(300_000, await channel.RequestAsync<string, int>("length", new string('x', 300_000)).AsTask().WaitAsync(Soon));
    }

    [Fact]
    public async Task Wss_works_with_a_certificate_of_ones_own()
    {
        using X509Certificate2 certificate = Certificate();
        await using ISmpiServer server = await ListenAsync(url: "wss://127.0.0.1:0/smpi", configure: ws => ws.Certificate = certificate);
        await using ISmpiChannel trusting = Connect(server.Address, ws => ws.ValidateCertificate = (_, shown, _, _) => shown?.GetCertHashString() == certificate.GetCertHashString());
        Assert.Equal(3, await trusting.RequestAsync(new Add(1, 2)).AsTask().WaitAsync(Soon));
        await using ISmpiChannel distrusting = Connect(server.Address);
        SmpiConfigurationException error = await Assert.ThrowsAsync<SmpiConfigurationException>(() => distrusting.ConnectAsync().AsTask().WaitAsync(Soon));
        Assert.Contains("is not trusted", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 101)]
    [InlineData("Origin: https://good.example\r\n", 101)]
    [InlineData("Origin: https://evil.example\r\n", 403)]
    [InlineData("Content-Length: 5\r\n", 400)]
    [InlineData("Host: twice\r\n", 400)]
    [InlineData("no colon\r\n", 400)]
    public async Task Header_fields_decide_the_answer(string extra, int status) =>
        Assert.Equal(status, await AnswerAsync(Request(extra)));

    [Theory]
    [InlineData("GET /smpi", "POST /smpi", 405)]
    [InlineData("GET /smpi", "GET /other", 404)]
    [InlineData("smpi.v1", "chat", 400)]
    [InlineData("Version: 13", "Version: 8", 426)]
    [InlineData("Upgrade: websocket", "Upgrade: h2c", 426)]
    [InlineData("dGhlIHNhbXBsZSBub25jZQ==", "short", 400)]
    public async Task A_wrong_request_gets_a_precise_answer(string right, string wrong, int status) =>
        Assert.Equal(status, await AnswerAsync(Request("").Replace(right, wrong, StringComparison.Ordinal)));

    [Fact]
    public async Task An_oversized_head_is_refused() => Assert.Equal(431, await AnswerAsync("GET /smpi HTTP/1.1\r\nX: ".PadRight(8192, 'x')));

    [Fact]
    public async Task Endless_empty_fragments_are_closed_as_a_protocol_error()
    {
        await using ISmpiServer server = await ListenAsync();
        using ClientWebSocket socket = await RawAsync(server.Address);
        for (int number = 0; number < 1100; number++) await socket.SendAsync(ReadOnlyMemory<byte>.Empty, WebSocketMessageType.Binary, false, CancellationToken.None);
        Assert.Equal(WebSocketCloseStatus.ProtocolError, await CloseStatusAsync(socket));
    }

    [Fact]
    public async Task A_text_message_is_closed_as_a_protocol_error()
    {
        await using ISmpiServer server = await ListenAsync();
        using ClientWebSocket socket = await RawAsync(server.Address);
        await socket.SendAsync("hello"u8.ToArray(), WebSocketMessageType.Text, true, CancellationToken.None);
        Assert.Equal(WebSocketCloseStatus.ProtocolError, await CloseStatusAsync(socket));
    }

    [Fact]
    public async Task Nothing_listening_is_unavailable_and_a_wrong_path_is_configuration()
    {
        await using ISmpiServer server = await ListenAsync();
        await using ISmpiChannel wrong = Connect(server.Address + "/nowhere");
        SmpiConfigurationException error = await Assert.ThrowsAsync<SmpiConfigurationException>(() => wrong.ConnectAsync().AsTask().WaitAsync(Soon));
        Assert.Contains("There is no Smpi endpoint at", error.Message, StringComparison.Ordinal);
        var options = new ConnectionOptions { Format = new NativeFormat() };
        ChannelClosedException refused = await Assert.ThrowsAsync<ChannelClosedException>(
            () => new WebSocketProtocol("ws://127.0.0.1:1/smpi").ConnectAsync(options, CancellationToken.None).AsTask().WaitAsync(Soon));
        Assert.Equal(ErrorCode.Unavailable, refused.Code);
    }

    [Fact]
    public async Task Connecting_to_a_silent_peer_can_be_cancelled()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var cancel = new CancellationTokenSource();
        var protocol = new WebSocketProtocol($"ws://{silent.LocalEndpoint}/smpi");
        Task<IConnection> connecting = protocol.ConnectAsync(new ConnectionOptions { Format = new NativeFormat() }, cancel.Token).AsTask();
        using Socket accepted = await silent.AcceptSocketAsync().WaitAsync(Soon);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connecting.WaitAsync(Soon));
    }

    [Fact]
    public async Task A_drained_server_lets_its_call_end()
    {
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using ISmpiServer server = await ListenAsync(builder => builder.Handle("slow", async (int number, CallContext _, CancellationToken _) =>
        {
            entered.SetResult();
            await release.Task;
            return number;
        }));
        await using ISmpiChannel channel = Connect(server.Address);
        Task<int> call = channel.RequestAsync<int, int>("slow", 4).AsTask();
        await entered.Task.WaitAsync(Soon);
        Task drain = server.DrainAsync().AsTask();
        release.SetResult();
        Assert.Equal(4, await call.WaitAsync(Soon));
        await drain.WaitAsync(Soon);
    }

    private static async Task<ISmpiServer> ListenAsync(Action<SmpiBuilder>? more = null, string url = "ws://127.0.0.1:0/smpi", Action<WebSocketOptions>? configure = null)
    {
        ISmpiServer server = SmpiServer.Create(builder =>
        {
            builder.ListenWebSocket(url, configure).UseJson().Handle((Add add) => add.Left + add.Right);
            more?.Invoke(builder);
        });
        await server.ListenAsync();
        return server;
    }

    private static ISmpiChannel Connect(string address, Action<WebSocketOptions>? configure = null) =>
        SmpiChannel.Create(builder => builder.UseWebSocket(address, configure).UseJson());

    private static string Request(string extra) =>
        "GET /smpi HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: keep-alive, Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        + $"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: smpi.v1\r\n{extra}\r\n";

    private static async Task<int> AnswerAsync(string request)
    {
        await using ISmpiServer server = await ListenAsync(configure: ws => ws.AllowedOrigins.Add("https://good.example"));
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", new Uri(server.Address).Port);
        await client.GetStream().WriteAsync(System.Text.Encoding.ASCII.GetBytes(request));
        byte[] answer = new byte[12];
        await client.GetStream().ReadExactlyAsync(answer).AsTask().WaitAsync(Soon);
        return int.Parse(answer.AsSpan(9), System.Globalization.CultureInfo.InvariantCulture);
    }

    private static async Task<ClientWebSocket> RawAsync(string address)
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("smpi.v1");
        await socket.ConnectAsync(new Uri(address), CancellationToken.None).WaitAsync(Soon);
        return socket;
    }

    private static async Task<WebSocketCloseStatus?> CloseStatusAsync(ClientWebSocket socket)
    {
        byte[] buffer = new byte[4096];
        while ((await socket.ReceiveAsync(buffer, CancellationToken.None).WaitAsync(Soon)).MessageType != WebSocketMessageType.Close)
        {
        }

        return socket.CloseStatus;
    }

    private static X509Certificate2 Certificate()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        var request = new CertificateRequest("CN=smpi test", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }
}
