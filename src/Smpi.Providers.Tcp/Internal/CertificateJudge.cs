using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Smpi;

/// <summary>Decides on the certificate of one peer and keeps the sentence that says why it was refused.</summary>
/// <param name="options">The trust of this side.</param>
/// <param name="host">The name that the certificate must be for; null for the certificate of a client.</param>
/// <param name="canTell">
/// Whether the peer can be told why, inside of TLS. If so, the handshake ends well and the caller refuses right after it: most systems send no alert for a refusal,
/// and the peer would see an end without a reason.
/// </param>
internal sealed class CertificateJudge(TlsOptions options, string? host, Func<bool> canTell)
{
    private bool _over;

    /// <summary>What is wrong, to follow the peer's name; null when nothing is.</summary>
    public string? Refusal { get; private set; }

    /// <summary>The trust for the framework's check; null for that of the system.</summary>
    public X509ChainPolicy? Policy()
    {
        if (options.TrustRoots is null) return null;
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = options.Revocation };
        policy.CustomTrustStore.AddRange(options.TrustRoots);
        return policy;
    }

    public bool Judge(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        Refusal = Fault(certificate, chain, errors);
        return Refusal is null || (!_over && canTell());
    }

    /// <summary>Ends the handshake: from now on a certificate is refused at once, should one ever come again.</summary>
    /// <returns>Whether the peer is trusted.</returns>
    public bool Conclude()
    {
        _over = true;
        return Refusal is null;
    }

    private string? Fault(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is null)
        {
            bool allowed = host is null && options.ClientCertificates != ClientCertificateMode.Required;
            return allowed ? null : "showed no certificate, and one is required";
        }

        if (errors == SslPolicyErrors.None) return null;
        var known = certificate as X509Certificate2;
        List<string> faults = [];
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors)) faults.AddRange(Faults(certificate, known, chain));
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch)) faults.Add($"is for {Names(known)} and not for '{host}'");
        return $"showed the certificate '{certificate.Subject}', which {string.Join(", and ", faults)}";
    }

    private static IEnumerable<string> Faults(X509Certificate certificate, X509Certificate2? known, X509Chain? chain)
    {
        X509ChainStatusFlags all = X509ChainStatusFlags.NoError;
        foreach (X509ChainStatus status in chain?.ChainStatus ?? []) all |= status.Status;
        if (all.HasFlag(X509ChainStatusFlags.NotTimeValid)) yield return Time(known, chain!.ChainPolicy.VerificationTime);
        if ((all & (X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.PartialChain)) != 0)
        {
            yield return $"is not trusted: its issuer '{certificate.Issuer}' leads to none of the trust roots";
        }

        if (all.HasFlag(X509ChainStatusFlags.Revoked)) yield return "was withdrawn by its issuer";
        if (all.HasFlag(X509ChainStatusFlags.NotValidForUsage)) yield return "is not meant for this side of TLS";
        const X509ChainStatusFlags Said = X509ChainStatusFlags.NotTimeValid | X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.PartialChain
            | X509ChainStatusFlags.Revoked | X509ChainStatusFlags.NotValidForUsage;
        if ((all & ~Said) != 0 || all == X509ChainStatusFlags.NoError) yield return $"is not valid ({all & ~Said})";
    }

    private static string Time(X509Certificate2? certificate, DateTime now)
    {
        if (certificate is null) return "is not valid at this time";
        if (certificate.NotAfter < now) return $"expired on {Date(certificate.NotAfter)}";
        return certificate.NotBefore > now ? $"is not valid before {Date(certificate.NotBefore)}" : "has an issuer that is not valid at this time";
    }

    private static string Date(DateTime time) => time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private static string Names(X509Certificate2? certificate)
    {
        List<string> names = [];
        foreach (X509SubjectAlternativeNameExtension extension in certificate?.Extensions.OfType<X509SubjectAlternativeNameExtension>() ?? [])
        {
            names.AddRange(extension.EnumerateDnsNames().Select(name => $"'{name}'"));
            names.AddRange(extension.EnumerateIPAddresses().Select(address => $"'{address}'"));
        }

        return names.Count == 0 ? "no host" : string.Join(", ", names);
    }
}
