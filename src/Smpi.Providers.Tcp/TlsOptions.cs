using System.Security.Cryptography.X509Certificates;

namespace Smpi;

/// <summary>Certificates and trust of TLS. Versions 1.2 and 1.3 are spoken.</summary>
public sealed record TlsOptions
{
    /// <summary>The certificate, with its private key, that this side shows: needed for listening; for dialling only where the listener asks.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>Certificates between <see cref="Certificate"/> and the root that the peer trusts.</summary>
    public X509Certificate2Collection Intermediates { get; init; } = [];

    /// <summary>The only roots that peers are trusted by; null for those of the system.</summary>
    public X509Certificate2Collection? TrustRoots { get; init; }

    /// <summary>The name that the listener's certificate must be for; null for the host that is dialled.</summary>
    public string? ServerName { get; init; }

    /// <summary>Whether a listener asks its peers for a certificate. Default: it does not.</summary>
    public ClientCertificateMode ClientCertificates { get; init; }

    /// <summary>Whether it is looked up that a peer's certificate was withdrawn. Default: not, because it needs the network.</summary>
    public X509RevocationMode Revocation { get; init; } = X509RevocationMode.NoCheck;
}
