using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Smpi;

/// <summary>Judges certificates of peers by the options: their own judge, their own roots, or the trust of the system.</summary>
internal static class Trust
{
    /// <summary>The judge; null for the trust of the system.</summary>
    public static RemoteCertificateValidationCallback? Of(WebSocketOptions options)
    {
        if (options.ValidateCertificate is { } own) return own;
        if (options.TrustRoots is not { } roots) return null;
        return (_, shown, chain, errors) =>
        {
            if (shown is not X509Certificate2 certificate || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != 0) return false;
            using var trusted = new X509Chain();
            trusted.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            trusted.ChainPolicy.CustomTrustStore.AddRange(roots);
            trusted.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
            if (chain is null) return trusted.Build(certificate);
            foreach (X509ChainElement element in chain.ChainElements) trusted.ChainPolicy.ExtraStore.Add(element.Certificate);
            return trusted.Build(certificate);
        };
    }
}
