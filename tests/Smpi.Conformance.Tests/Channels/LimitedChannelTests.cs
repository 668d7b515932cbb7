namespace Smpi.Conformance.Tests;

/// <summary>A format of calls and events alone.</summary>
public sealed class LimitedChannelTests : ChannelConformance
{
    private static readonly FormatTraits Few = new() { SelfDelimiting = true, Calls = true, Events = true, Cancel = true };

    protected override ChannelSetup CreateSetup() => new(
        server => server.ListenTcp("127.0.0.1", 0).UseFormat(new LimitedFormat(Few)).UseJson(),
        (client, address) => client.UseTcp("127.0.0.1", new Uri(address).Port).UseFormat(new LimitedFormat(Few)).UseJson())
    {
        Traits = Few,
    };
}
