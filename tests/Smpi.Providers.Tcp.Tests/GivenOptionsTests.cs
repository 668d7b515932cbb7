namespace Smpi.Providers.Tcp.Tests;

public sealed class GivenOptionsTests
{
    [Fact]
    public void Options_of_code_stay_with_another_address()
    {
        var tcp = new TcpOptions { KeepAlive = true };
        var given = new TlsProtocol(new TcpProtocol("127.0.0.1", 1, tcp), new TlsOptions { ServerName = "app", ClientCertificates = ClientCertificateMode.Optional });
        TcpProtocol plain = Assert.IsType<TcpProtocol>(AddressFactory.Tcp(Address("tcp", "//127.0.0.1:2", given)));
        Assert.Same(tcp, plain.Options);
        TlsProtocol over = Assert.IsType<TlsProtocol>(AddressFactory.Tls(Address("tls", "//127.0.0.1:2", given)));
        Assert.Equal(("app", ClientCertificateMode.Optional), (over.Options.ServerName, over.Options.ClientCertificates));
        TcpProtocol inner = Assert.IsType<TcpProtocol>(over.Inner);
        Assert.Equal(2, inner.Port);
        Assert.Same(tcp, inner.Options);
    }

    [Fact]
    public void An_option_of_the_address_wins_over_code()
    {
        var given = new UnixSocketProtocol("/a", new UnixSocketOptions { Mode = UnixFileMode.UserRead, SameUserOnly = true, Backlog = 3 });
        UnixSocketProtocol made = Assert.IsType<UnixSocketProtocol>(AddressFactory.Unix(Address("unix", "/b", given, ("mode", "0660"))));
        Assert.Equal(("/b", 3, true), (made.Path, made.Options.Backlog, made.Options.SameUserOnly));
        Assert.Equal((UnixFileMode)0x1B0, made.Options.Mode);
    }

    [Fact]
    public void Required_client_certificates_and_the_same_user_are_guards()
    {
        var unix = new UnixSocketProtocol("/a", new UnixSocketOptions { SameUserOnly = true });
        var tls = new TlsProtocol(unix, new TlsOptions { ClientCertificates = ClientCertificateMode.Required });
        Assert.Equal(["UnixSocketOptions.SameUserOnly", "required client certificates"], tls.Guards);
        Assert.Empty(new TlsProtocol(new TcpProtocol("127.0.0.1", 1)).Guards);
    }

    private static ProtocolAddress Address(string token, string rest, IProtocol given, params (string Key, string Value)[] options) =>
        new(token, rest, options.ToDictionary(option => option.Key, option => option.Value)) { Replaces = given };
}
