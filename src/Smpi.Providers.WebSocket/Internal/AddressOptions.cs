using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Smpi;

/// <summary>Makes options of what an address has in brackets; the names are those of <c>tls</c>.</summary>
internal static class AddressOptions
{
    public static WebSocketProtocol Make(ProtocolAddress address)
    {
        WebSocketOptions options = address.Replaces is WebSocketProtocol before ? before.Options.Clone() : new WebSocketOptions();
        string? certificate = address.Take("certificate"), key = address.Take("key"), roots = address.Take("ca"), origins = address.Take("origin");
        if (key is not null && certificate is null) throw new SmpiConfigurationException($"The address '{address}' has the option 'key' without 'certificate': name both files.");
        if (certificate is not null) options.Certificate = Read("certificate", certificate, path => Certificate(path, key));
        if (roots is not null) options.TrustRoots = Read("ca", roots, Roots);
        options.RequireClientCertificate = address.Take("client-certificate") switch
        {
            null => options.RequireClientCertificate,
            "none" => false,
            "required" => true,
            string other => throw new SmpiConfigurationException($"The option 'client-certificate' is '{other}'; it can be 'none' or 'required'."),
        };
        foreach (string origin in origins?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? []) options.AllowedOrigins.Add(origin);
        return new WebSocketProtocol(address.ToString(), options);
    }

    private static X509Certificate2 Certificate(string path, string? key)
    {
        if (Path.GetExtension(path) is ".pfx" or ".p12") return X509CertificateLoader.LoadPkcs12FromFile(path, null);
        using X509Certificate2 certificate = X509Certificate2.CreateFromPemFile(path, key ?? path);

        // The TLS of Windows takes no key that exists in memory only.
        return OperatingSystem.IsWindows() ? X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null) : new X509Certificate2(certificate);
    }

    private static X509Certificate2Collection Roots(string path)
    {
        var roots = new X509Certificate2Collection();
        roots.ImportFromPemFile(path);
        if (roots.Count == 0) roots.Add(X509CertificateLoader.LoadCertificateFromFile(path));
        return roots;
    }

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
                + "Give a PEM file, or a PFX file without a password; a certificate with a password is loaded in code, with WebSocketOptions.",
                error);
        }
    }
}
