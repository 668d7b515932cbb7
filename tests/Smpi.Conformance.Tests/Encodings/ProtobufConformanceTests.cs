namespace Smpi.Conformance.Tests;

public sealed class ProtobufConformanceTests : EncodingConformance
{
    protected override IEncoding CreateEncoding() => new ProtobufEncoding();
}
