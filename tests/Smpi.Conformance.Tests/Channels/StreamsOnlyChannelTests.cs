namespace Smpi.Conformance.Tests;

/// <summary>A format of calls and streams, without events and credit.</summary>
public sealed class StreamsOnlyChannelTests : ChannelConformance
{
    private static readonly FormatTraits Some = new() { SelfDelimiting = true, Calls = true, Streams = true, ClientStreams = true, Cancel = true, FaultDetail = true };

    protected override ChannelSetup CreateSetup() => new(
        server => server.ListenTcp("127.0.0.1", 0).UseFormat(new LimitedFormat(Some)).UseJson(),
        (client, address) => client.UseTcp("127.0.0.1", new Uri(address).Port).UseFormat(new LimitedFormat(Some)).UseJson())
    {
        Traits = Some,
    };
}
