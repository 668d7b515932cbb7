namespace Smpi.Conformance.Tests;

public sealed class MemoryBytesConformanceTests : ProtocolConformance
{
    private readonly MemoryNetwork _network = new();

    protected override IServerProtocol CreateListener() => new MemoryProtocol("conformance", _network, new MemoryOptions { Bytes = true });

    protected override IProtocol CreateDialler(IListener listener) => new MemoryProtocol("conformance", _network, new MemoryOptions { Bytes = true });
}
