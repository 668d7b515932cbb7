using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Smpi;

/// <summary>Judges certificates of peers by the options: their own judge, their own roots, or the trust of the system.</summary>
internal static class Trust
{
    // RFC 5280, section 4.2.1.12: what a certificate may be used for.
    private const string ServerUse = "1.3.6.1.5.5.7.3.1";
    private const string ClientUse = "1.3.6.1.5.5.7.3.2";

    /// <summary>The judge; null for the trust of the system.</summary>
    /// <param name="options">The options of this side.</param>
    /// <param name="ofServer">Whether the certificate is a server's.</param>
    public static RemoteCertificateValidationCallback? Of(WebSocketOptions options, bool ofServer)
    {
        if (options.ValidateCertificate is { } own) return own;
        if (options.TrustRoots is not { } roots) return null;
        return (_, shown, chain, errors) =>
        {
            if (shown is not X509Certificate2 certificate || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != 0) return false;
            using var trusted = new X509Chain();
            trusted.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            trusted.ChainPolicy.CustomTrustStore.AddRange(roots);
            trusted.ChainPolicy.ApplicationPolicy.Add(new Oid(ofServer ? ServerUse : ClientUse));
            trusted.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
            if (chain is null) return trusted.Build(certificate);
            foreach (X509ChainElement element in chain.ChainElements) trusted.ChainPolicy.ExtraStore.Add(element.Certificate);
            return trusted.Build(certificate);
        };
    }
}
