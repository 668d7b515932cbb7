namespace Smpi.Records.Tests;

public sealed class MessagePackArrayRecordTests : RecordSuite
{
    protected internal override IEncoding Encoding { get; } = new MessagePackEncoding(new MessagePackEncodingOptions { AsArrays = true });

    protected internal override Likeness Likeness => new() { TimesAreUtc = true };

    protected override bool IsByName => false;

    protected override IEncoding WithDepth(int depth) => new MessagePackEncoding(new MessagePackEncodingOptions { AsArrays = true, Depth = depth });
}
