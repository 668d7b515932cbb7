namespace Smpi.Conformance.Tests;

public sealed class MessagePackConformanceTests : EncodingConformance
{
    protected override IEncoding CreateEncoding() => new MessagePackEncoding();
}
