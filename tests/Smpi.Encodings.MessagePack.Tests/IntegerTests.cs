namespace Smpi.Tests;

/// <summary>Integers of 32 bits in every form, at the end of a body and before other values.</summary>
public sealed class IntegerTests
{
    private const string After = "0000000000";

    [Theory]
    [InlineData("00", 0)]
    [InlineData("7f", 127)]
    [InlineData("e0", -32)]
    [InlineData("ff", -1)]
    [InlineData("cc80", 128)]
    [InlineData("ccff", 255)]
    [InlineData("cd0100", 256)]
    [InlineData("cd8000", 32_768)]
    [InlineData("cdffff", 65_535)]
    [InlineData("ce00010000", 65_536)]
    [InlineData("ce7fffffff", int.MaxValue)]
    [InlineData("cf000000007fffffff", int.MaxValue)]
    [InlineData("d0df", -33)]
    [InlineData("d1ff7f", -129)]
    [InlineData("d18000", -32_768)]
    [InlineData("d27fffffff", int.MaxValue)]
    [InlineData("d280000000", int.MinValue)]
    [InlineData("d2ffffffff", -1)]
    [InlineData("d3ffffffff80000000", int.MinValue)]
    public void An_integer_is_read_wherever_it_stands(string hex, int value)
    {
        Assert.Equal(value, Pack.ReadHex<int>(hex));
        Assert.Equal([value, 0, 0, 0, 0, 0], Pack.ReadHex<int[]>("96" + hex + After));
        Assert.Equal(new Point(value, value), Pack.ReadHex<Point>($"82a178{hex}a179{hex}"));
        for (int cut = 0; cut < hex.Length; cut += 2) Assert.Contains("ends", Pack.Refused<int>(hex[..cut]).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ce80000000", "2147483648")]
    [InlineData("ceffffffff", "4294967295")]
    [InlineData("cf0000000080000000", "2147483648")]
    [InlineData("cfffffffffffffffff", "18446744073709551615")]
    [InlineData("d3ffffffff7fffffff", "-2147483649")]
    public void An_integer_that_does_not_fit_is_named_wherever_it_stands(string hex, string value)
    {
        Assert.Contains($"{value} does not fit", Pack.Refused<int>(hex).Message, StringComparison.Ordinal);
        Assert.Contains($"{value} does not fit", Pack.Refused<int[]>("96" + hex + After).Message, StringComparison.Ordinal);
        Assert.Contains("'$.y'", Pack.Refused<Point>($"82a17800a179{hex}").Message, StringComparison.Ordinal);
    }
}
