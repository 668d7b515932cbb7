using System.Security.Cryptography.X509Certificates;

namespace Smpi.Conformance.Tests;

public sealed class TlsConformanceTests : ProtocolConformance
{
    private static readonly X509Certificate2 Certificate = Certificates.Shared.Server();
    private static readonly TlsOptions Trusting = new() { Certificate = Certificate, TrustRoots = Certificates.Shared.Roots };

    protected override IServerProtocol CreateListener() => Over(0);

    protected override IProtocol CreateDialler(IListener listener) => Over(new Uri(listener.Address).Port);

    private static TlsProtocol Over(int port) => new(new TcpProtocol("127.0.0.1", port), Trusting);
}
