using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Smpi.Bench;

/// <summary>A certificate of this run: the client process makes it, the server process finds it by the environment.</summary>
internal static class Certificates
{
    private const string Variable = "SMPI_BENCH_CERTIFICATE";

    public static string File => Environment.GetEnvironmentVariable(Variable) ?? throw new InvalidOperationException("The certificate is made at the start of the run.");

    public static string Key => File + ".key";

    public static void Make(string path)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        System.IO.File.WriteAllText(path, certificate.ExportCertificatePem());
        System.IO.File.WriteAllText(path + ".key", key.ExportPkcs8PrivateKeyPem());
        Environment.SetEnvironmentVariable(Variable, path);
    }

    public static void Delete()
    {
        System.IO.File.Delete(Key);
        System.IO.File.Delete(File);
    }
}
