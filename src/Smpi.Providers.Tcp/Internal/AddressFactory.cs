namespace Smpi;

/// <summary>Makes the protocols of this package for an address.</summary>
internal static class AddressFactory
{
    public static ByteServerProtocol Tcp(ProtocolAddress address)
    {
        (string host, int port) = TcpAddress.Parse(address);
        return new TcpProtocol(host, port, GivenOptions.Tcp(address.Replaces));
    }

    public static ByteServerProtocol Tls(ProtocolAddress address)
    {
        int colon = address.Rest.IndexOf(':', StringComparison.Ordinal);
        ByteProtocol inner = (colon < 0 ? "" : address.Rest[..colon]) switch
        {
            "unix" => Unix(Below(address, colon)),
            "pipe" => Pipe(Below(address, colon)),
            "ipc" => Ipc(Below(address, colon)),
            _ => Tcp(address),
        };
        return new TlsProtocol(inner, CertificateFiles.Load(address));
    }

    public static ByteServerProtocol Unix(ProtocolAddress address)
    {
        if (address.Rest.Length == 0) throw new SmpiConfigurationException("The address 'unix:' names no path; the form is 'unix:/run/app.sock'.");
        return new UnixSocketProtocol(address.Rest, WithMode(GivenOptions.Unix(address.Replaces), address.Take("mode")));
    }

    public static ByteServerProtocol Pipe(ProtocolAddress address) => new NamedPipeProtocol(Named(address), GivenOptions.Pipe(address.Replaces));

    public static ByteServerProtocol Ipc(ProtocolAddress address) => new IpcProtocol(Named(address), GivenOptions.Ipc(address.Replaces));

    private static string Named(ProtocolAddress address) => address.Rest.Length == 0 || address.Rest.StartsWith("//", StringComparison.Ordinal)
        ? throw new SmpiConfigurationException($"The address '{address}' names no {address.Token}; the form is '{address.Token}:my-app'.")
        : address.Rest;

    private static ProtocolAddress Below(ProtocolAddress address, int colon) =>
        new(address.Rest[..colon], address.Rest[(colon + 1)..], new Dictionary<string, string>()) { Replaces = address.Replaces };

    private static UnixSocketOptions WithMode(UnixSocketOptions options, string? text)
    {
        if (text is null) return options;
        return text.Length is 3 or 4 && text.All(digit => digit is >= '0' and <= '7') && Convert.ToInt32(text, 8) is <= 0x1FF and int mode
            ? options with { Mode = (UnixFileMode)mode }
            : throw new SmpiConfigurationException($"The option 'mode' is '{text}'; it takes an octal mode such as '0600' or '0660'.");
    }
}
