using Xunit.Abstractions;

namespace Smpi.Records.Tests;

public sealed class MessagePackArrayRecordTests(ITestOutputHelper output) : RecordSuite(output)
{
    protected internal override IEncoding Encoding { get; } = new MessagePackEncoding(new MessagePackEncodingOptions { AsArrays = true });

    protected internal override Likeness Likeness => new() { TimesAreUtc = true };

    protected override bool IsByName => false;

    protected override IEnumerable<byte[]> Hostile => HostilePack.Bodies;

    protected override IEnumerable<byte[]> HostileMembers(string name, int position) => HostilePack.Values.Select(value => HostilePack.Array(position, value));

    protected override IEncoding WithDepth(int depth) => new MessagePackEncoding(new MessagePackEncodingOptions { AsArrays = true, Depth = depth });
}
