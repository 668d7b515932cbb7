using System.Security.Claims;
using System.Security.Cryptography.X509Certificates;

namespace Smpi;

/// <summary>Who a TLS client is, by its certificate.</summary>
internal static class ClientIdentity
{
    public static ClaimsPrincipal? Of(X509Certificate? certificate)
    {
        if (certificate is null) return null;
        using X509Certificate2 full = X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
        List<Claim> claims =
        [
            new(ClaimTypes.Name, full.GetNameInfo(X509NameType.SimpleName, forIssuer: false)),
            new(ClaimTypes.X500DistinguishedName, full.Subject),
            new(ClaimTypes.Thumbprint, full.Thumbprint),
            new(ClaimTypes.SerialNumber, full.SerialNumber),
            new("issuer", full.Issuer),
        ];
        foreach (X509SubjectAlternativeNameExtension names in full.Extensions.OfType<X509SubjectAlternativeNameExtension>())
        {
            claims.AddRange(names.EnumerateDnsNames().Select(name => new Claim(ClaimTypes.Dns, name)));
        }

        return new ClaimsPrincipal(new ClaimsIdentity(claims, "Certificate"));
    }
}
