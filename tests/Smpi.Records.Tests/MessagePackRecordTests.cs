namespace Smpi.Records.Tests;

public sealed class MessagePackRecordTests : RecordSuite
{
    protected internal override IEncoding Encoding { get; } = new MessagePackEncoding();

    protected internal override Likeness Likeness => new() { TimesAreUtc = true };

    protected override IEncoding WithDepth(int depth) => new MessagePackEncoding(new MessagePackEncodingOptions { Depth = depth });
}
