using System.Net;
using System.Net.Sockets;
using System.Security.Claims;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Smpi.Providers.Tcp.Tests;

public sealed class TlsTests : ProtocolBehaviour
{
    private static readonly X509Certificate2 _certificate = Certificates.Shared.Server();
    private static readonly TlsOptions _trusting = new() { Certificate = _certificate, TrustRoots = Certificates.Shared.Roots };

    protected override IServerProtocol Listener() => Over(0, _trusting);

    protected override IProtocol Dialler(IListener listener) => Over(Port(listener), _trusting with { Certificate = _certificate });

    private static TlsProtocol Over(int port, TlsOptions options) => new(new TcpProtocol("127.0.0.1", port), options);

    private static int Port(IListener listener) => new Uri(listener.Address).Port;

    private static TlsOptions Dialling(X509Certificate2? certificate = null) => new() { Certificate = certificate, TrustRoots = Certificates.Shared.Roots };

    /// <summary>What a dialler and a listener say when they do not come together.</summary>
    private static async Task<(Exception Dialler, string Note)> RefuseAsync(TlsOptions listening, TlsOptions dialling, bool hello = true)
    {
        var notes = new Notes();
        await using IListener listener = await Over(0, listening).ListenAsync(notes.Listening(Wire.Options(hello)));
        Exception? error = await Record.ExceptionAsync(async () => await (await Over(Port(listener), dialling).ConnectAsync(Wire.Options(hello))).ReceiveAsync());
        Assert.NotNull(error);
        return (error, await notes.NextAsync("handshake"));
    }

    [Fact]
    public async Task The_address_has_the_token_of_tls()
    {
        await using IListener listener = await Listener().ListenAsync();
        Assert.Matches("^tls://127\\.0\\.0\\.1:[1-9][0-9]*$", listener.Address);
    }

    [Fact]
    public async Task A_certificate_of_another_root_is_refused_on_both_sides()
    {
        const string Why = "is not trusted: its issuer 'CN=Another Root' leads to none of the trust roots";
        (Exception dialler, string note) = await RefuseAsync(_trusting with { Certificate = new Certificates("Another Root").Server() }, Dialling());
        Assert.Contains(Why, Assert.IsType<SmpiConfigurationException>(dialler).Message, StringComparison.Ordinal);
        Assert.Contains(Why, note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_expired_certificate_is_refused_on_both_sides()
    {
        (Exception dialler, string note) = await RefuseAsync(_trusting with { Certificate = Certificates.Shared.Server(fromDays: -20, toDays: -10) }, Dialling());
        Assert.Contains("which expired on ", Assert.IsType<SmpiConfigurationException>(dialler).Message, StringComparison.Ordinal);
        Assert.Contains("This connection was refused: the listener showed the certificate 'CN=test server', which expired on ", note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_for_another_host_is_refused_on_both_sides()
    {
        const string Why = "is for 'other.example' and not for '127.0.0.1'";
        (Exception dialler, string note) = await RefuseAsync(_trusting with { Certificate = Certificates.Shared.Server("other.example") }, Dialling());
        Assert.Contains(Why, Assert.IsType<SmpiConfigurationException>(dialler).Message, StringComparison.Ordinal);
        Assert.Contains(Why, note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_trust_of_the_system_does_not_cover_a_private_root()
    {
        (Exception dialler, _) = await RefuseAsync(_trusting, new TlsOptions());
        Assert.Contains("is not trusted", Assert.IsType<SmpiConfigurationException>(dialler).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_client_certificate_is_refused_on_both_sides()
    {
        (Exception dialler, string note) = await RefuseAsync(_trusting with { ClientCertificates = ClientCertificateMode.Required }, Dialling());
        AssertUnauthenticated("showed no certificate, and one is required", dialler, note);
    }

    [Theory]
    [InlineData(ClientCertificateMode.Optional)]
    [InlineData(ClientCertificateMode.Required)]
    public async Task A_client_certificate_of_another_root_is_refused_on_both_sides(ClientCertificateMode mode)
    {
        (Exception dialler, string note) = await RefuseAsync(_trusting with { ClientCertificates = mode }, Dialling(new Certificates("Another Root").Client()));
        AssertUnauthenticated("showed the certificate 'CN=test client', which is not trusted: its issuer 'CN=Another Root' leads to none of the trust roots", dialler, note);
    }

    [Fact]
    public async Task An_expired_client_certificate_is_refused_on_both_sides()
    {
        (Exception dialler, string note) = await RefuseAsync(
            _trusting with { ClientCertificates = ClientCertificateMode.Required }, Dialling(Certificates.Shared.Client(fromDays: -20, toDays: -10)));
        AssertUnauthenticated("showed the certificate 'CN=test client', which expired on ", dialler, note);
    }

    [Fact]
    public async Task A_certificate_of_a_listener_is_none_for_a_client()
    {
        (Exception dialler, string note) = await RefuseAsync(_trusting with { ClientCertificates = ClientCertificateMode.Required }, Dialling(_certificate));
        AssertUnauthenticated("is not meant for this side of TLS", dialler, note);
    }

    [Fact]
    public async Task A_format_without_hello_still_gives_a_typed_refusal()
    {
        TlsOptions strict = _trusting with { ClientCertificates = ClientCertificateMode.Required };
        (Exception none, string noneNote) = await RefuseAsync(strict, Dialling(), hello: false);
        AssertUnauthenticated("certificate", none, noneNote);
        (Exception wrong, string wrongNote) = await RefuseAsync(strict, Dialling(new Certificates("Another Root").Client()), hello: false);
        AssertUnauthenticated("certificate", wrong, wrongNote);
    }

    private static void AssertUnauthenticated(string why, Exception dialler, string note)
    {
        var closed = Assert.IsType<ChannelClosedException>(dialler);
        Assert.Equal(ErrorCode.Unauthenticated, closed.Code);
        Assert.Contains(why, closed.Message, StringComparison.Ordinal);
        Assert.Contains(why, note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_certificate_names_the_user()
    {
        using X509Certificate2 own = Certificates.Shared.Client("ada");
        await using IListener listener = await Over(0, _trusting with { ClientCertificates = ClientCertificateMode.Required }).ListenAsync();
        (IConnection client, IConnection server) = await Wire.PairAsync(listener, Over(Port(listener), Dialling(own)));
        await using IConnection first = client, second = server;
        ClaimsPrincipal user = server.Info.User!;
        Assert.Equal("ada", user.Identity!.Name);
        Assert.True(user.Identity.IsAuthenticated);
        Assert.Equal(own.Thumbprint, user.FindFirst(ClaimTypes.Thumbprint)!.Value);
        Assert.Equal("CN=ada", user.FindFirst(ClaimTypes.X500DistinguishedName)!.Value);
        await Wire.AssertEchoAsync(client, server);
    }

    [Fact]
    public async Task An_optional_client_certificate_may_be_missing()
    {
        await using IListener listener = await Over(0, _trusting with { ClientCertificates = ClientCertificateMode.Optional }).ListenAsync();
        (IConnection client, IConnection server) = await Wire.PairAsync(listener, Over(Port(listener), Dialling()));
        await using IConnection first = client, second = server;
        Assert.Null(server.Info.User);
        await Wire.AssertEchoAsync(client, server);
    }

    [Fact]
    public async Task A_plain_client_is_noted_with_how_it_began()
    {
        var notes = new Notes();
        await using IListener listener = await Listener().ListenAsync(notes.Listening(Wire.Options()));
        await Assert.ThrowsAsync<ChannelClosedException>(() => new TcpProtocol("127.0.0.1", Port(listener)).ConnectAsync());
        Assert.Contains("sent no TLS: it began with 02000000F0", await notes.NextAsync("handshake"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plain_client_of_the_native_format_is_told_in_plain_words()
    {
        await using IListener listener = await Listener().ListenAsync();
        await using Smpi.Hostile.RawPeer peer = await Smpi.Hostile.RawPeer.ConnectAsync(listener.Address);
        await peer.SendAsync(Smpi.Hostile.NativeFrames.Hello());
        byte[] said = await peer.ReadSomeAsync();
        Assert.Equal(TinyFormat.Goodbye, said[4]);
        Assert.Contains(
            "ProtocolError|This port speaks TLS and was sent a plain hello: connect with TLS, as with tls:// in place of tcp://.",
            Encoding.UTF8.GetString(said),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plain_listener_of_the_native_format_is_named()
    {
        await using var server = new Smpi.Hostile.RawServer(async (peer, ct) =>
        {
            await peer.SendAsync(Smpi.Hostile.NativeFrames.Hello(), ct);
            await peer.ReadSomeAsync();
        });
        var error = await Assert.ThrowsAsync<SmpiConfigurationException>(() => Over(server.Port, Dialling()).ConnectAsync());
        Assert.Contains($"tls://127.0.0.1:{server.Port} sent no TLS but speaks Smpi without it", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_connection_names_the_address_that_was_written()
    {
        IListener listener = await Listener().ListenAsync();
        int port = Port(listener);
        await listener.DisposeAsync();
        var error = await Assert.ThrowsAsync<ChannelClosedException>(() => new TlsProtocol(new TcpProtocol("127.0.0.1", port)).ConnectAsync());
        Assert.Equal($"Nothing listens on tls://127.0.0.1:{port}: the connection was refused.", error.Message);
    }

    [Fact]
    public async Task A_plain_listener_is_told_by_how_it_began()
    {
        using var plain = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        plain.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        plain.Listen();
        Task<IConnection> connecting = Over(((IPEndPoint)plain.LocalEndPoint!).Port, Dialling()).ConnectAsync();
        using Socket accepted = await plain.AcceptAsync().WaitAsync(Wire.Patience);
        await accepted.SendAsync(Encoding.ASCII.GetBytes("HTTP/1.1 400 Bad Request\r\n\r\n"));
        var error = await Assert.ThrowsAsync<SmpiConfigurationException>(() => connecting);
        Assert.Contains("sent no TLS: it began with", error.Message, StringComparison.Ordinal);
        Assert.Contains("HTTP/1.1 400 Bad"[..10], error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_listener_that_closes_in_the_handshake_is_unavailable()
    {
        using var plain = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        plain.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        plain.Listen();
        Task<IConnection> connecting = Over(((IPEndPoint)plain.LocalEndPoint!).Port, Dialling()).ConnectAsync();
        using (Socket accepted = await plain.AcceptAsync().WaitAsync(Wire.Patience)) accepted.Shutdown(SocketShutdown.Send);
        var error = await Assert.ThrowsAsync<ChannelClosedException>(() => connecting);
        Assert.Equal(ErrorCode.Unavailable, error.Code);
    }

    [Fact]
    public async Task A_silent_handshake_holds_up_nobody_and_ends_in_time()
    {
        var notes = new Notes();
        await using IListener listener = await Listener().ListenAsync(
            notes.Listening(Wire.Options()) with { Limits = new SmpiLimits { HandshakeTimeout = TimeSpan.FromSeconds(2) } });
        using var silent = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await silent.ConnectAsync(IPAddress.Loopback, Port(listener));
        (IConnection client, IConnection server) = await Wire.PairAsync(listener, Dialler(listener));
        await using IConnection first = client, second = server;
        await Wire.AssertEchoAsync(client, server);
        Assert.Contains("did not finish the TLS handshake within 2 s", await notes.NextAsync("handshake"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_listener_needs_a_certificate_with_its_key()
    {
        await Assert.ThrowsAsync<SmpiConfigurationException>(() => Over(0, Dialling()).ListenAsync());
        using X509Certificate2 bare = X509CertificateLoader.LoadCertificate(_certificate.RawData);
        var error = await Assert.ThrowsAsync<SmpiConfigurationException>(() => Over(0, _trusting with { Certificate = bare }).ListenAsync());
        Assert.Contains("has no private key", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tls_goes_over_a_Unix_socket_with_a_name_to_check()
    {
        using var directory = new TempDirectory();
        var below = new UnixSocketProtocol(directory.File("tls.sock"));
        await using IListener listener = await new TlsProtocol(below, _trusting).ListenAsync();
        Assert.Equal($"tls:unix:{below.Path}", listener.Address);
        (IConnection client, IConnection server) = await Wire.PairAsync(listener, new TlsProtocol(below, Dialling() with { ServerName = "localhost" }));
        await using IConnection first = client, second = server;
        await Wire.AssertEchoAsync(client, server);
        await Assert.ThrowsAsync<SmpiConfigurationException>(() => new TlsProtocol(below, Dialling()).ConnectAsync());
    }
}
