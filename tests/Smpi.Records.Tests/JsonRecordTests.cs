namespace Smpi.Records.Tests;

public sealed class JsonRecordTests : RecordSuite
{
    protected internal override IEncoding Encoding { get; } = new JsonEncoding();

    protected internal override bool CarriesNonFinite => false;

    protected override IEncoding WithDepth(int depth) => new JsonEncoding(new JsonEncodingOptions { Depth = depth });
}
