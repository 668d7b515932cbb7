using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Smpi.Providers.Tcp.Tests;

namespace Smpi.Providers.WebSocket.Tests;

public sealed class SecurityTests
{
    private static Certificates Authority => Certificates.Shared;

    [Fact]
    public async Task An_own_server_may_ask_for_a_certificate()
    {
        using X509Certificate2 own = Authority.Server(), client = Authority.Client(), stranger = new Certificates("Stranger").Client();
        await using ISmpiServer server = await Endpoint.ListenAsync(url: "wss://127.0.0.1:0/smpi", configure: ws =>
        {
            (ws.Certificate, ws.TrustRoots, ws.RequireClientCertificate) = (own, Authority.Roots, true);
        });
        await using ISmpiChannel welcome = Endpoint.Connect(server.Address, ws => (ws.TrustRoots, ws.Certificate) = (Authority.Roots, client));
        Assert.Equal(3, await welcome.RequestAsync(new Add(1, 2)).AsTask().WaitAsync(Endpoint.Soon));
        foreach (X509Certificate2? shown in new[] { null, stranger })
        {
            SmpiException error = await RefusedAsync(server.Address, ws => (ws.TrustRoots, ws.Certificate) = (Authority.Roots, shown));
            Assert.Contains(server.Address, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Kestrel_may_ask_for_a_certificate()
    {
        using X509Certificate2 own = Authority.Server(), client = Authority.Client("ada");
        await using WebApplication app = await StartAsync(https =>
        {
            https.ServerCertificate = own;
            https.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
            https.ClientCertificateValidation = (shown, _, _) => shown.Subject == "CN=ada";
        });
        string address = app.Urls.Single().Replace("https", "wss", StringComparison.Ordinal) + "/smpi";
        await using ISmpiChannel channel = Endpoint.Connect(address, ws =>
        {
            ws.TrustRoots = Authority.Roots;
            ws.ClientCertificates.Add(client);
        });
        Assert.Equal(3, await channel.RequestAsync(new Add(1, 2)).AsTask().WaitAsync(Endpoint.Soon));
        await RefusedAsync(address, ws => ws.TrustRoots = Authority.Roots);
        await app.StopAsync().WaitAsync(Endpoint.Soon);
    }

    [Fact]
    public async Task A_certificate_of_other_roots_or_for_another_host_is_not_trusted()
    {
        using X509Certificate2 own = Authority.Server(), elsewhere = Authority.Server("elsewhere.example");
        await using ISmpiServer server = await Endpoint.ListenAsync(url: "wss://127.0.0.1:0/smpi", configure: ws => ws.Certificate = own);
        Assert.Contains("is not trusted", (await RefusedAsync(server.Address, ws => ws.TrustRoots = new Certificates("Stranger").Roots)).Message, StringComparison.Ordinal);
        await using ISmpiServer misnamed = await Endpoint.ListenAsync(url: "wss://127.0.0.1:0/smpi", configure: ws => ws.Certificate = elsewhere);
        Assert.Contains("is not trusted", (await RefusedAsync(misnamed.Address, ws => ws.TrustRoots = Authority.Roots)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_serves_the_use_that_it_was_issued_for()
    {
        using X509Certificate2 own = Authority.Server(), client = Authority.Client();
        await using ISmpiServer server = await Endpoint.ListenAsync(url: "wss://127.0.0.1:0/smpi", configure: ws =>
        {
            (ws.Certificate, ws.TrustRoots, ws.RequireClientCertificate) = (own, Authority.Roots, true);
        });

        // A certificate of a server is none of a client.
        await RefusedAsync(server.Address, ws => (ws.TrustRoots, ws.Certificate) = (Authority.Roots, own));
        await using ISmpiChannel welcome = Endpoint.Connect(server.Address, ws => (ws.TrustRoots, ws.Certificate) = (Authority.Roots, client));
        Assert.Equal(3, await welcome.RequestAsync(new Add(1, 2)).AsTask().WaitAsync(Endpoint.Soon));
    }

    [Fact]
    public async Task Wss_goes_through_a_proxy()
    {
        using X509Certificate2 own = Authority.Server();
        await using ISmpiServer server = await Endpoint.ListenAsync(url: "wss://127.0.0.1:0/smpi", configure: ws => ws.Certificate = own);
        await using var proxy = new ConnectProxy("Basic " + Convert.ToBase64String("ada:secret"u8));
        await using ISmpiChannel channel = Endpoint.Connect(server.Address, ws =>
        {
            ws.TrustRoots = Authority.Roots;
            ws.Proxy = new WebProxy(proxy.Address) { Credentials = new NetworkCredential("ada", "secret") };
        });
        Assert.Equal(3, await channel.RequestAsync(new Add(1, 2)).AsTask().WaitAsync(Endpoint.Soon));
        Assert.Contains(proxy.Requests, request => request.StartsWith($"CONNECT 127.0.0.1:{new Uri(server.Address).Port} ", StringComparison.Ordinal));
        SmpiException refused = await RefusedAsync(server.Address, ws => (ws.TrustRoots, ws.Proxy) = (Authority.Roots, new WebProxy(proxy.Address)));
        Assert.Contains("407", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Addresses_name_certificates_roots_and_origins()
    {
        using X509Certificate2 own = Authority.Server();
        DirectoryInfo folder = Directory.CreateTempSubdirectory("smpi");
        try
        {
            string certificate = Path.Combine(folder.FullName, "own.pfx"), roots = Path.Combine(folder.FullName, "roots.pem");
            await File.WriteAllBytesAsync(certificate, own.Export(X509ContentType.Pkcs12));
            await File.WriteAllTextAsync(roots, Authority.RootPem());
            SmpiProviders providers = new SmpiProviders().AddWebSocket().AddJson();
            await using ISmpiServer server = await providers.ListenAsync($"json+wss[certificate={certificate}]://127.0.0.1:0/smpi", builder => builder.Handle((Add add) => add.Left + add.Right));
            await using ISmpiChannel channel = await providers.ConnectAsync($"json+wss[ca={roots}]://127.0.0.1:{new Uri(server.Address).Port}/smpi");
            Assert.Equal(3, await channel.RequestAsync(new Add(1, 2)).AsTask().WaitAsync(Endpoint.Soon));
            SmpiConfigurationException missing = await Assert.ThrowsAsync<SmpiConfigurationException>(() => providers.ListenAsync("json+wss://127.0.0.1:0/smpi", static _ => { }).AsTask());
            Assert.Contains("wss[certificate=", missing.Message, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<SmpiException> RefusedAsync(string address, Action<WebSocketOptions> configure)
    {
        var options = new WebSocketOptions();
        configure(options);
        IConnection? connection = null;
        try
        {
            SmpiException error = await Assert.ThrowsAnyAsync<SmpiException>(async () =>
                connection = await new WebSocketProtocol(address, options).ConnectAsync(new ConnectionOptions { Format = new NativeFormat() }, CancellationToken.None).AsTask().WaitAsync(Endpoint.Soon));
            return error;
        }
        finally
        {
            if (connection is not null) await connection.DisposeAsync();
        }
    }

    private static async Task<WebApplication> StartAsync(Action<HttpsConnectionAdapterOptions> configure)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(configure)));
        builder.Services.AddSmpi().ListenAspNetCore().UseJson().Handle((Add add) => add.Left + add.Right);
        WebApplication app = builder.Build();
        app.MapSmpi("/smpi");
        await app.StartAsync().WaitAsync(Endpoint.Soon);
        return app;
    }

    /// <summary>A proxy that opens tunnels for who has the right words.</summary>
    private sealed class ConnectProxy : IAsyncDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly string _authorization;
        private readonly Task _running;

        public ConnectProxy(string authorization)
        {
            _authorization = authorization;
            _listener.Start();
            _running = RunAsync();
        }

        public string Address => $"http://{_listener.LocalEndpoint}";

        public System.Collections.Concurrent.ConcurrentQueue<string> Requests { get; } = new();

        public async ValueTask DisposeAsync()
        {
            _listener.Stop();
            await _running;
        }

        private async Task RunAsync()
        {
            try
            {
                while (true) _ = ServeAsync(await _listener.AcceptSocketAsync());
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException)
            {
            }
        }

        private async Task ServeAsync(Socket socket)
        {
            await using var near = new NetworkStream(socket, ownsSocket: true);
            try
            {
                while (true)
                {
                    var head = new StringBuilder();
                    byte[] one = new byte[1];
                    while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
                    {
                        await near.ReadExactlyAsync(one);
                        head.Append((char)one[0]);
                    }

                    Requests.Enqueue(head.ToString());
                    if (!head.ToString().Contains($"Proxy-Authorization: {_authorization}", StringComparison.OrdinalIgnoreCase))
                    {
                        await near.WriteAsync("HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"p\"\r\nContent-Length: 0\r\n\r\n"u8.ToArray());
                        continue;
                    }

                    string[] target = head.ToString().Split(' ')[1].Split(':');
                    using var far = new TcpClient();
                    await far.ConnectAsync(target[0], int.Parse(target[1], System.Globalization.CultureInfo.InvariantCulture));
                    await near.WriteAsync("HTTP/1.1 200 OK\r\n\r\n"u8.ToArray());
                    await Task.WhenAny(near.CopyToAsync(far.GetStream()), far.GetStream().CopyToAsync(near));
                    return;
                }
            }
            catch (Exception error) when (error is IOException or SocketException)
            {
            }
        }
    }
}
