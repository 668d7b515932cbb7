using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Smpi;

/// <summary>How WebSockets are dialled and accepted. Set before the protocol is made, and not changed afterwards.</summary>
public sealed class WebSocketOptions
{
    /// <summary>Header fields that a dialler sends with the upgrade request.</summary>
    public IDictionary<string, string> Headers { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Gives the bearer token of each attempt to connect; null, or a null token, for none. A
    /// channel with one goes on trying when it is refused (HTTP 401, 403, 404).
    /// </summary>
    public Func<CancellationToken, ValueTask<string?>>? BearerToken { get; set; }

    /// <summary>Certificates that a dialler shows to a <c>wss</c> listener that asks.</summary>
    public X509CertificateCollection ClientCertificates { get; } = [];

    /// <summary>Judges the certificate of a <c>wss</c> listener, and at a listener that of its peers; null for <see cref="TrustRoots"/>.</summary>
    public RemoteCertificateValidationCallback? ValidateCertificate { get; set; }

    /// <summary>The only roots that certificates of peers are trusted by; null for those of the system.</summary>
    public X509Certificate2Collection? TrustRoots { get; set; }

    /// <summary>Whether a <c>wss</c> listener refuses peers that show no trusted certificate. Default false.</summary>
    public bool RequireClientCertificate { get; set; }

    /// <summary>The proxy of a dialler; null for that of the system.</summary>
    public IWebProxy? Proxy { get; set; }

    /// <summary>The time after which a WebSocket ping is sent. Default 30 s; zero turns it off.</summary>
    public TimeSpan KeepAliveInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a pong may take before the peer counts as gone. Default 30 s.</summary>
    public TimeSpan KeepAliveTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Octets of one WebSocket frame that is sent; longer messages are sent in fragments. Default 1 MiB.</summary>
    public int MaxFrame { get; set; } = 1024 * 1024;

    /// <summary>Origins of browsers that a listener accepts, such as <c>https://app.example</c>. Default: none; requests without an origin are accepted.</summary>
    public ICollection<string> AllowedOrigins { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The certificate, with its private key, of a <c>wss</c> listener. A dialler shows it too, where the listener asks.</summary>
    public X509Certificate2? Certificate { get; set; }

    internal WebSocketOptions Clone()
    {
        var copy = new WebSocketOptions
        {
            BearerToken = BearerToken,
            ValidateCertificate = ValidateCertificate,
            TrustRoots = TrustRoots,
            RequireClientCertificate = RequireClientCertificate,
            Proxy = Proxy,
            KeepAliveInterval = KeepAliveInterval,
            KeepAliveTimeout = KeepAliveTimeout,
            MaxFrame = MaxFrame,
            Certificate = Certificate,
        };
        foreach ((string name, string value) in Headers) copy.Headers[name] = value;
        foreach (string origin in AllowedOrigins) copy.AllowedOrigins.Add(origin);
        copy.ClientCertificates.AddRange(ClientCertificates);
        return copy;
    }
}
