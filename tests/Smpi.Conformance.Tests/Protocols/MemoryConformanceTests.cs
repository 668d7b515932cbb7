namespace Smpi.Conformance.Tests;

public sealed class MemoryConformanceTests : ProtocolConformance
{
    private readonly MemoryNetwork _network = new();

    protected override IServerProtocol CreateListener() => new MemoryProtocol("conformance", _network);

    protected override IProtocol CreateDialler(IListener listener) => new MemoryProtocol("conformance", _network);
}
