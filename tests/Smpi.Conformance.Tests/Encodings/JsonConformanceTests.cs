namespace Smpi.Conformance.Tests;

public sealed class JsonConformanceTests : EncodingConformance
{
    protected override IEncoding CreateEncoding() => new JsonEncoding();
}
