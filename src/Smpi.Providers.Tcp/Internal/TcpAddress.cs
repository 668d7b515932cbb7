using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Smpi;

/// <summary>The address form <c>//host:port</c>, with brackets around an IPv6 address.</summary>
internal static class TcpAddress
{
    public static (string Host, int Port) Parse(ProtocolAddress address)
    {
        string rest = address.Rest;
        int colon = rest.LastIndexOf(':');
        if (!rest.StartsWith("//", StringComparison.Ordinal) || colon < 2) throw Wrong(address, "needs '//', a host, a colon and a port");
        string host = rest[2..colon];
        if (host.Length == 0) throw Wrong(address, "names no host");
        if (!int.TryParse(rest[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out int port) || port > ushort.MaxValue)
        {
            throw Wrong(address, $"has '{rest[(colon + 1)..]}' where a port from 0 to 65535 belongs");
        }

        bool bracketed = host.StartsWith('[') && host.EndsWith(']');
        if (bracketed) host = host[1..^1];
        if (bracketed != host.Contains(':', StringComparison.Ordinal)) throw Wrong(address, "needs brackets around an IPv6 address, and only there");
        if (!IsHost(host)) throw Wrong(address, $"has '{host}' where a host name or an IP address belongs");
        return (host, port);
    }

    public static void Check(string host, int port)
    {
        ArgumentNullException.ThrowIfNull(host);
        if (!IsHost(host)) throw new SmpiConfigurationException($"'{host}' is no host: give a name such as 'localhost' or an IP address such as '127.0.0.1' or '::1'.");
        if (port is < 0 or > ushort.MaxValue) throw new SmpiConfigurationException($"{port} is no port: give one from 1 to 65535, or 0 to listen on any free one.");
    }

    public static string Format(string token, string host, int port) =>
        host.Contains(':', StringComparison.Ordinal) ? $"{token}://[{host}]:{port}" : $"{token}://{host}:{port}";

    /// <summary>The addresses of a host. The name service is not asked about an IP address, and refuses those that mean any.</summary>
    public static async ValueTask<IPAddress[]> ResolveAsync(string host, CancellationToken ct) =>
        IPAddress.TryParse(host, out IPAddress? address) ? [address] : await Dns.GetHostAddressesAsync(host, ct).ConfigureAwait(false);

    private static bool IsHost(string host) =>
        IPAddress.TryParse(host, out IPAddress? address) ? !(address.AddressFamily == AddressFamily.InterNetworkV6 && host.StartsWith('['))
            : Uri.CheckHostName(host) == UriHostNameType.Dns;

    private static SmpiConfigurationException Wrong(ProtocolAddress address, string what) =>
        new($"The address '{address}' {what}; the form is '{address.Token}://127.0.0.1:4711' or '{address.Token}://[::1]:4711'.");
}
