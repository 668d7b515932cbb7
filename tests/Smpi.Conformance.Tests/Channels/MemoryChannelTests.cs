namespace Smpi.Conformance.Tests;

public sealed class MemoryChannelTests : ChannelConformance
{
    private readonly MemoryNetwork _network = new();

    protected override ChannelSetup CreateSetup() => new(
        server => server.ListenMemory("channel", _network).UseJson(),
        (client, _) => client.UseMemory("channel", _network).UseJson());
}
