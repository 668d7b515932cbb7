using Xunit.Abstractions;

namespace Smpi.Records.Tests;

public sealed class MessagePackRecordTests(ITestOutputHelper output) : RecordSuite(output)
{
    protected internal override IEncoding Encoding { get; } = new MessagePackEncoding();

    protected internal override Likeness Likeness => new() { TimesAreUtc = true };

    protected override IEnumerable<byte[]> Hostile => HostilePack.Bodies;

    protected override IEnumerable<byte[]> HostileMembers(string name, int position) => HostilePack.Values.Select(value => HostilePack.Map(name, value));

    protected override IEncoding WithDepth(int depth) => new MessagePackEncoding(new MessagePackEncodingOptions { Depth = depth });
}
