using System.Security.Cryptography.X509Certificates;

namespace Smpi.Providers.Tcp.Tests;

public sealed class AddressTests
{
    private readonly Registry _registry = new Registry().AddTcp();

    [Theory]
    [InlineData("tcp", "//127.0.0.1:4711", "tcp://127.0.0.1:4711")]
    [InlineData("tcp", "//[::1]:0", "tcp://[::1]:0")]
    [InlineData("tcp", "//my-host.example:1", "tcp://my-host.example:1")]
    [InlineData("tls", "//localhost:4712", "tls://localhost:4712")]
    [InlineData("tls", "unix:/run/app.sock", "tls:unix:/run/app.sock")]
    [InlineData("tls", "pipe:app", "tls:pipe:app")]
    [InlineData("unix", "/run/a b.sock", "unix:/run/a b.sock")]
    [InlineData("pipe", "my-app", "pipe:my-app")]
    [InlineData("ipc", "my-app", "ipc:my-app")]
    public void An_address_makes_its_protocol(string token, string rest, string canonical)
    {
        var protocol = (ByteServerProtocol)_registry.Create(token, rest);
        Assert.Equal(canonical, protocol.Address);
        Assert.Equal(token, protocol.Name);
    }

    [Theory]
    [InlineData("tcp", "127.0.0.1:4711")]
    [InlineData("tcp", "//127.0.0.1")]
    [InlineData("tcp", "//:4711")]
    [InlineData("tcp", "//host:port")]
    [InlineData("tcp", "//host:70000")]
    [InlineData("tcp", "//::1:4711")]
    [InlineData("tcp", "//[host]:4711")]
    [InlineData("tcp", "//user@host:4711")]
    [InlineData("tcp", "//host:4711/path")]
    [InlineData("tcp", "")]
    [InlineData("tls", "host")]
    public void A_wrong_address_is_shown_beside_the_right_form(string token, string rest)
    {
        var error = Assert.Throws<SmpiConfigurationException>(() => _registry.Create(token, rest));
        Assert.Contains($"'{token}:{rest}'", error.Message, StringComparison.Ordinal);
        Assert.Contains($"the form is '{token}://127.0.0.1:4711'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("::")]
    public async Task An_address_that_means_any_needs_no_name_service(string host) =>
        Assert.Equal(host, Assert.Single(await TcpAddress.ResolveAsync(host, CancellationToken.None)).ToString());

    [Theory]
    [InlineData("unix")]
    [InlineData("pipe")]
    [InlineData("ipc")]
    public void An_address_without_a_rest_shows_the_form(string token)
    {
        var error = Assert.Throws<SmpiConfigurationException>(() => _registry.Create(token, ""));
        Assert.Contains($"the form is '{token}:", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0600")]
    [InlineData("660")]
    public void A_mode_is_octal(string mode) => Assert.NotNull(_registry.Create("unix", "/tmp/x", ("mode", mode)));

    [Theory]
    [InlineData("0800")]
    [InlineData("rw")]
    [InlineData("7777")]
    [InlineData("")]
    public void A_wrong_mode_is_shown(string mode)
    {
        var error = Assert.Throws<SmpiConfigurationException>(() => _registry.Create("unix", "/tmp/x", ("mode", mode)));
        Assert.Contains($"'mode' is '{mode}'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Certificates_of_an_address_come_from_files(bool pem)
    {
        using var directory = new TempDirectory();
        using X509Certificate2 server = Certificates.Shared.Server();
        string roots = directory.File("ca.pem"), certificate = directory.File(pem ? "server.pem" : "server.pfx"), key = directory.File("server.key");
        await File.WriteAllTextAsync(roots, Certificates.Shared.RootPem());
        if (pem) await File.WriteAllTextAsync(certificate, server.ExportCertificatePem());
        else await File.WriteAllBytesAsync(certificate, server.Export(X509ContentType.Pkcs12));
        await File.WriteAllTextAsync(key, Pem(server));
        (string, string)[] options = pem ? [("certificate", certificate), ("key", key)] : [("certificate", certificate)];
        var listening = (IServerProtocol)_registry.Create("tls", "//127.0.0.1:0", options);
        await using IListener listener = await listening.ListenAsync();
        IProtocol dialling = _registry.Create("tls", listener.Address["tls:".Length..], ("ca", roots), ("server-name", "localhost"));
        (IConnection one, IConnection other) = await Wire.PairAsync(listener, dialling);
        await using IConnection first = one, second = other;
        await Wire.AssertEchoAsync(one, other);
    }

    [Fact]
    public void A_file_that_cannot_be_used_is_named()
    {
        var error = Assert.Throws<SmpiConfigurationException>(() => _registry.Create("tls", "//h:1", ("certificate", "/no/such.pem")));
        Assert.Contains("The option 'certificate' names '/no/such.pem', which cannot be used", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_with_a_password_asks_for_code()
    {
        using var directory = new TempDirectory();
        string path = directory.File("locked.pfx");
        using X509Certificate2 server = Certificates.Shared.Server();
        File.WriteAllBytes(path, server.Export(X509ContentType.Pkcs12, "secret"));
        var error = Assert.Throws<SmpiConfigurationException>(() => _registry.Create("tls", "//h:1", ("certificate", path)));
        Assert.Contains("a certificate with a password is loaded in code", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("key", "x", "without 'certificate'")]
    [InlineData("client-certificate", "maybe", "it can be 'none', 'optional' or 'required'")]
    public void Options_of_tls_are_checked(string option, string value, string sentence)
    {
        var error = Assert.Throws<SmpiConfigurationException>(() => _registry.Create("tls", "//h:1", (option, value)));
        Assert.Contains(sentence, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Builder_extensions_set_the_protocol()
    {
        var tls = new TlsOptions();
        AssertParts("tcp://h:1", false, new Registry().UseTcp("h", 1));
        AssertParts("tcp://127.0.0.1:0", true, new Registry().ListenTcp("127.0.0.1", 0));
        AssertParts("unix:/x", false, new Registry().UseUnixSocket("/x"));
        AssertParts("unix:/x", true, new Registry().ListenUnixSocket("/x"));
        AssertParts("pipe:x", false, new Registry().UseNamedPipe("x"));
        AssertParts("pipe:x", true, new Registry().ListenNamedPipe("x"));
        AssertParts("ipc:x", false, new Registry().UseIpc("x"));
        AssertParts("ipc:x", true, new Registry().ListenIpc("x"));
        AssertParts("tls://h:1", false, new Registry().UseTls("h", 1));
        AssertParts("tls://h:1", true, new Registry().ListenTls("h", 1, tls));
        AssertParts("tls:unix:/x", true, new Registry().ListenUnixSocket("/x").UseTls(tls));
        AssertParts("stream:", false, new Registry().UseStream(Stream.Null));
        Assert.Throws<SmpiConfigurationException>(() => new Registry().UseTls(tls));
    }

    private static void AssertParts(string address, bool listen, Registry builder)
    {
        ChannelParts parts = builder.Settings<ChannelParts>();
        Assert.Equal(address, Assert.IsType<ByteProtocol>(parts.Protocol, exactMatch: false).Address);
        Assert.Equal(listen, parts.Listen);
    }

    private static string Pem(X509Certificate2 certificate)
    {
        using System.Security.Cryptography.ECDsa key = certificate.GetECDsaPrivateKey()!;
        using var copy = System.Security.Cryptography.ECDsa.Create();

        // A key of a PFX file leaves it only encrypted.
        byte[] locked = key.ExportEncryptedPkcs8PrivateKey(
            "x", new(System.Security.Cryptography.PbeEncryptionAlgorithm.Aes128Cbc, System.Security.Cryptography.HashAlgorithmName.SHA256, 1));
        copy.ImportEncryptedPkcs8PrivateKey("x", locked, out _);
        return copy.ExportPkcs8PrivateKeyPem();
    }

    private sealed class Registry : ISmpiBuilder
    {
        private readonly Dictionary<string, ProtocolEntry> _entries = [];
        private readonly ChannelParts _parts = new();

        public void Register(ProviderEntry entry) => _entries.Add(entry.Name, (ProtocolEntry)entry);

        public T Settings<T>()
            where T : class, new() => (T)(object)_parts;

        public IProtocol Create(string token, string rest, params (string Name, string Value)[] options)
        {
            Assert.Equal("Smpi.Providers.Tcp", _entries[token].Package);
            return _entries[token].Create(new ProtocolAddress(token, rest, options.ToDictionary(option => option.Name, option => option.Value)));
        }
    }
}
