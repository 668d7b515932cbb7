using Xunit.Abstractions;

namespace Smpi.Records.Tests;

public sealed class ProtobufRecordTests(ITestOutputHelper output) : RecordSuite(output)
{
    // What stands after a field's number: octets of every wire type, whole and cut.
    private static readonly string[] Hex =
    [
        "", "00", "01", "7f", "80", "8000", "ffffffff0f", "ffffffffffffffffff01", "ffffffffffffffffff02", "ffffffffffffffffffff01", "80808080808080808080", "0000000000000000", "000000000000f07f", "000000000000f87f",
        "0000c07f", "0000807f", "ffffffff", "0100", "01ff", "0180", "02c080", "03eda080", "03ffffff", "05ffffffff0f", "0a00", "0a01", "7fff", "ff7f00", "ffffff7f00", "ffffffff0700", "ffffffff0fff", "8080808008", "8080808010",
        "80808080808080808001", "020a00", "020aff", "040a020a00", "0208ff", "0408808080", "060a0408011001", "0408010802", "02120a", "0213", "020b0c", "030b0b0c", "0108", "0208", "0b08ffffffffffffffffff01",
        "0c08ffffffffffffffffffff01", "100000000000000000000000000000000000", "1000000000000000000000000000000000", "0f000000000000000000000000000000",
    ];

    protected internal override IEncoding Encoding { get; } = new ProtobufEncoding();

    protected internal override Likeness Likeness => new() { NullIsEmpty = true, TimesAreUtc = true };

    protected override bool IsByName => false;

    protected override bool NullIsAbsent => true;

    protected override bool SkipsUnread => true;

    protected override IEnumerable<byte[]> Hostile
    {
        get
        {
            foreach (string hex in Hex) yield return Convert.FromHexString(hex);
            foreach (int depth in new[] { 65, 1000, 100_000 })
            {
                yield return [.. Enumerable.Repeat((byte)0x0B, depth)];
                yield return [.. Enumerable.Repeat((byte)0x0B, depth), .. Enumerable.Repeat((byte)0x0C, depth)];
                yield return [.. Enumerable.Repeat((byte)0x12, depth)];
            }

            for (int number = 1; number < 20; number++)
            {
                yield return [.. Tag(number, 2), 0xA0, 0x8D, 0x06, .. new byte[100_000]];
                yield return [.. Tag(number, 2), 0xFF, 0xFF, 0xFF, 0xFF, 0x07];
            }

            yield return [0xEF, 0xBB, 0xBF];
            yield return [0x00, 0x00];
            yield return [0x02, 0x00];
            yield return [0x0E];
            yield return [0x0F];
            yield return [0x0C];
            yield return [0xFA, 0xFF, 0xFF, 0xFF, 0x7F, 0x00];
        }
    }

    protected override IEnumerable<byte[]> HostileMembers(string name, int position)
    {
        foreach (string hex in Hex)
        {
            for (int wire = 0; wire < 6; wire++) yield return [.. Tag(position + 1, wire), .. Convert.FromHexString(hex)];
        }

        byte[] empty = [.. Tag(position + 1, 2), 0];
        yield return [.. empty, .. empty];
    }

    protected override IEncoding WithDepth(int depth) => new ProtobufEncoding(new ProtobufEncodingOptions { Depth = depth });

    private static byte[] Tag(int field, int wire)
    {
        int tag = field << 3 | wire;
        return tag < 0x80 ? [(byte)tag] : [(byte)(tag | 0x80), (byte)(tag >> 7)];
    }
}
