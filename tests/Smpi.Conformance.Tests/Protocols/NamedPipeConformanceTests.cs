namespace Smpi.Conformance.Tests;

public sealed class NamedPipeConformanceTests : ProtocolConformance
{
    private readonly string _name = $"smpi-test-{Guid.NewGuid():N}";

    protected override IServerProtocol CreateListener() => new NamedPipeProtocol(_name);

    protected override IProtocol CreateDialler(IListener listener) => new NamedPipeProtocol(_name);
}
