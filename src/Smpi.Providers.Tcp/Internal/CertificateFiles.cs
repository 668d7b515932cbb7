using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Smpi;

/// <summary>Makes TLS options of the files that an address names.</summary>
internal static class CertificateFiles
{
    public static TlsOptions Load(ProtocolAddress address)
    {
        string? certificate = address.Take("certificate");
        string? key = address.Take("key");
        string? roots = address.Take("ca");
        if (key is not null && certificate is null) throw new SmpiConfigurationException($"The address '{address}' has the option 'key' without 'certificate': name both files.");
        TlsOptions given = GivenOptions.Tls(address.Replaces);
        TlsOptions options = given with
        {
            ServerName = address.Take("server-name") ?? given.ServerName,
            ClientCertificates = address.Take("client-certificate") is { } mode ? Mode(mode) : given.ClientCertificates,
            TrustRoots = roots is null ? given.TrustRoots : Read("ca", roots, Roots),
        };
        return certificate is null ? options : Read("certificate", certificate, path => WithCertificate(options, path, key));
    }

    private static ClientCertificateMode Mode(string text) => text switch
    {
        "none" => ClientCertificateMode.None,
        "optional" => ClientCertificateMode.Optional,
        "required" => ClientCertificateMode.Required,
        _ => throw new SmpiConfigurationException($"The option 'client-certificate' is '{text}'; it can be 'none', 'optional' or 'required'."),
    };

    private static X509Certificate2Collection Roots(string path)
    {
        var roots = new X509Certificate2Collection();
        roots.ImportFromPemFile(path);
        if (roots.Count == 0) roots.Add(X509CertificateLoader.LoadCertificateFromFile(path));
        return roots;
    }

    private static TlsOptions WithCertificate(TlsOptions options, string path, string? key)
    {
        if (Path.GetExtension(path) is ".pfx" or ".p12") return options with { Certificate = X509CertificateLoader.LoadPkcs12FromFile(path, null) };
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(path);
        if (chain.Count > 0) chain.RemoveAt(0);
        using X509Certificate2 certificate = X509Certificate2.CreateFromPemFile(path, key ?? path);
        return options with { Certificate = Usable(certificate), Intermediates = chain };
    }

    // The TLS of Windows takes no key that exists in memory only.
    private static X509Certificate2 Usable(X509Certificate2 certificate) => OperatingSystem.IsWindows()
        ? X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null)
        : new X509Certificate2(certificate);

    private static T Read<T>(string option, string path, Func<string, T> read)
    {
        try
        {
            return read(path);
        }
        catch (Exception error) when (error is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new SmpiConfigurationException(
                $"The option '{option}' names '{path}', which cannot be used: {error.Message} "
                + "Give a PEM file, or a PFX file without a password; a certificate with a password is loaded in code, with TlsOptions.",
                error);
        }
    }
}
