namespace Smpi.Conformance.Tests;

public sealed class WebSocketChannelTests : ChannelConformance
{
    protected override ChannelSetup CreateSetup() => new(
        server => server.ListenWebSocket("ws://127.0.0.1:0/smpi").UseEncoding(new MessagePackEncoding()),
        (client, address) => client.UseWebSocket(address).UseEncoding(new MessagePackEncoding()));
}
