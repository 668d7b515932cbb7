using System.Text;

namespace Smpi.Records.Tests;

/// <summary>MessagePack that means harm: wrong counts, lengths, depths and families.</summary>
internal static class HostilePack
{
    private static readonly string[] Hex =
    [
        "c0", "c1", "c3", "05", "ff", "cc", "cd00", "ce000000", "cf00000000000000", "cfffffffffffffffff", "d38000000000000000", "ca7fc00000", "ca7f800000", "cb7ff8000000000000", "cbfff0000000000000", "cb8000000000000000",
        "cb7fefffffffffffff", "a0", "a161", "a1ff", "a3eda080", "a2c080", "bf61", "d9ff61", "daffff61", "dbffffffff", "dbffffffff61", "c400", "c4ff00", "c5ffff00", "c6ffffffff", "c6ffffffff00", "c6000000100000",
        "90", "91c0", "9180", "9190", "9fc0", "92c0c0", "dc0001", "dcffff", "dd00000001", "ddffffffff", "ddffffffffc0", "dd7fffffff80", "80", "81a0c0", "81c0c0", "8180c0", "82a161c0a161c0", "82a16101a16101", "de0001", "deffff",
        "df00000001", "dfffffffff", "dfffffffffc0c0", "df7fffffff01", "d40500", "d4ff00", "d6ff00000000", "d7ffffffffffffffffff", "d7ffee6b280000000000", "c70cff3b9aca000000000000000000", "c70cff000000007fffffffffffffff",
        "c70cff000000008000000000000000", "c705ff0000000000", "c7ffff", "c8ffffff00", "c9ffffffffff", "92d6ff0000000005", "92d6ff00000000cd7fff", "92d7ff00000000000000007f", "92a6636972636c6580", "92a66e6f626f647980", "9207c0",
        "81a52474797065a6636972636c65", "82a52474797065a6636972636c65a52474797065a6737175617265", "81a52474797065c0",
    ];

    public static IEnumerable<byte[]> Values => Hex.Select(Convert.FromHexString).Concat(
        from depth in new[] { 65, 1000, 100_000 }
        from code in new byte[] { 0x91, 0x81, 0x92 }
        select Enumerable.Repeat(code, depth).ToArray());

    public static IEnumerable<byte[]> Bodies => Values.Concat(
    [
        [0xEF, 0xBB, 0xBF, 0x80], [0x80, 0xC0], [0x81, 0xA1, (byte)'q'], [0xDF, 0, 1, 0x86, 0xA0, .. new byte[100_000]], [0xDD, 0, 1, 0x86, 0xA0, .. Enumerable.Repeat((byte)0xC0, 100_000)],
        [0xDD, 0, 1, 0x86, 0xA0, .. Enumerable.Repeat((byte)0xC1, 100_000)], [0xDE, 0x40, 0, .. Enumerable.Repeat((byte)0xA0, 32_768)], [0xDB, 0, 1, 0x86, 0xA0, .. Enumerable.Repeat((byte)0xFF, 100_000)],
    ]);

    public static byte[] Map(string name, byte[] value) => [0x81, (byte)(0xA0 | name.Length), .. Encoding.UTF8.GetBytes(name), .. value];

    public static byte[] Array(int position, byte[] value) => [0xDC, 0, (byte)(position + 1), .. Enumerable.Repeat((byte)0xC0, position), .. value];
}
