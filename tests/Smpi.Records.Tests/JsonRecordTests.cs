using System.Text;
using Xunit.Abstractions;

namespace Smpi.Records.Tests;

public sealed class JsonRecordTests(ITestOutputHelper output) : RecordSuite(output)
{
    private static readonly string[] Members =
    [
        "NaN", "Infinity", "-Infinity", "1e999999", "-1e999999", "1e-999999", "-0", "-0.0", "0e99999", "9".PadRight(400, '9'), "0." + new string('0', 400) + "1", "1.5", "01", "+1", ".5", "1.", "0x10", "1e", "--1",
        "\"NaN\"", "\"1\"", "\"\"", "\"x\"", "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\\ud83d\\ude00\"", "\"\\u12\"", "\"\\x\"", "\"\u0001\"", "\"AQI\"", "\"A===\"", "\"99999999.00:00:00\"", "\"2026-13-41T00:00:00Z\"",
        "\"00000000-0000-0000-0000\"", "true", "null", "tru", "[]", "{}", "[[[]]]", "[null]", "[{}]", "[1,]", "{\"a\":1,\"a\":2}", "{\"a\":{}}", "{\"$type\":\"circle\"}", "{\"$type\":\"nobody\"}", "{\"$type\":7}",
        "{\"$type\":\"circle\",\"$type\":\"square\"}", "{\"$id\":\"1\"}", "{\"$ref\":\"1\"}", "{\"\\ud800\":1}", "1 2", "//", "'x'", "undefined",
    ];

    protected internal override IEncoding Encoding { get; } = new JsonEncoding();

    protected internal override bool CarriesNonFinite => false;

    protected override IEnumerable<byte[]> Hostile
    {
        get
        {
            foreach (string text in Members) yield return Utf8(text);
            foreach (int depth in new[] { 65, 1000, 100_000 })
            {
                yield return Utf8(new string('[', depth));
                yield return Utf8(new string('[', depth) + new string(']', depth));
                yield return Utf8(string.Concat(Enumerable.Repeat("{\"first\":", depth)));
                yield return Utf8("{\"q\":" + new string('[', depth) + new string(']', depth) + "}");
            }

            yield return [0xEF, 0xBB, 0xBF, .. "{}"u8];
            yield return [0xFF, 0xFE, (byte)'{', 0, (byte)'}', 0];
            yield return [.. "{\"text\":\""u8, 0xC0, 0x80, .. "\"}"u8];
            yield return [.. "{\"text\":\""u8, 0xED, 0xA0, 0x80, .. "\"}"u8];
            yield return [.. "{\"q\":\""u8, 0xF5, 0x80, 0x80, 0x80, .. "\"}"u8];
            yield return Utf8("{\"q\":1,\"q\":2}");
            yield return Utf8("{\"q\":\"" + new string('x', 200_000));
            yield return Utf8("{\"" + new string('x', 200_000) + "\":1}x");
            yield return Utf8("{} {}");
            yield return Utf8("{}\0");
            yield return Utf8(new string(' ', 100_000));
        }
    }

    protected override IEnumerable<byte[]> HostileMembers(string name, int position)
    {
        foreach (string value in Members) yield return Utf8($"{{\"{name}\":{value}}}");
        yield return Utf8($"{{\"{name}\":null,\"{name}\":null}}");
        yield return [.. Utf8($"{{\"{name}\":\""), 0xC3, .. "\"}"u8];
    }

    protected override IEncoding WithDepth(int depth) => new JsonEncoding(new JsonEncodingOptions { Depth = depth });

    private static byte[] Utf8(string text) => new UTF8Encoding(false).GetBytes(text);
}
