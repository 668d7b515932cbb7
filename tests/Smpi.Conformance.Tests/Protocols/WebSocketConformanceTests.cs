namespace Smpi.Conformance.Tests;

public sealed class WebSocketConformanceTests : ProtocolConformance
{
    protected override IServerProtocol CreateListener() => new WebSocketProtocol("ws://127.0.0.1:0/smpi");

    protected override IProtocol CreateDialler(IListener listener) => new WebSocketProtocol(listener.Address);
}
