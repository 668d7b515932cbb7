namespace Smpi.Conformance.Tests;

public sealed class TcpChannelTests : ChannelConformance
{
    protected override ChannelSetup CreateSetup() => new(
        server => server.ListenTcp("127.0.0.1", 0).UseJson(),
        (client, address) => client.UseTcp("127.0.0.1", new Uri(address).Port).UseJson());
}
