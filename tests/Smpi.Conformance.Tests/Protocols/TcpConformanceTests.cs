namespace Smpi.Conformance.Tests;

public sealed class TcpConformanceTests : ProtocolConformance
{
    protected override IServerProtocol CreateListener() => new TcpProtocol("127.0.0.1", 0);

    protected override IProtocol CreateDialler(IListener listener) => new TcpProtocol("127.0.0.1", new Uri(listener.Address).Port);
}
