using System.Text.Json;

namespace Smpi.Tests;

/// <summary>Both directions against a foreign implementation.</summary>
public sealed class JavaScriptTests(JavaScriptPeer peer) : IClassFixture<JavaScriptPeer>
{
    [Fact]
    public async Task JavaScript_sees_objects()
    {
        JsonElement seen = await peer.DecodeAsync(Pack.Write(Samples.Full), big: true);
        Assert.True(seen.GetProperty("bool").GetBoolean());
        Assert.Equal("Grüße, 世界 🌍", seen.GetProperty("string").GetString());
        Assert.Equal("18446744073709551615", seen.GetProperty("uLong").GetProperty("$big").GetString());
        Assert.Equal("-9223372036854775808", seen.GetProperty("long").GetProperty("$big").GetString());
        Assert.Equal(Math.PI, seen.GetProperty("double").GetDouble());
        Assert.Equal("-79228162514264337593543950335", seen.GetProperty("decimal").GetString());
        Assert.Equal("00112233445566778899aabbccddeeff", seen.GetProperty("guid").GetProperty("$bin").GetString());
        Assert.Equal("2026-11-21T06:30:00.123Z", seen.GetProperty("dateTime").GetString());
        Assert.Equal(["2026-11-21T10:00:00.000Z", "-210"], seen.GetProperty("dateTimeOffset").EnumerateArray().Select(e => e.ToString()));
        Assert.Equal("010203", seen.GetProperty("bytes").GetProperty("$bin").GetString());
        Assert.Equal(200, seen.GetProperty("color").GetInt32());
        Assert.Equal(-3, seen.GetProperty("points")[1].GetProperty("x").GetInt32());
        Assert.Equal("many", seen.GetProperty("byNumber").GetProperty("70000").GetString());
        Assert.Equal(2, seen.GetProperty("byGuid").GetProperty("00112233-4455-6677-8899-aabbccddeeff").GetInt32());
        Assert.Equal("circle", seen.GetProperty("shape").GetProperty("parts")[0].GetProperty("$type").GetString());
        Assert.Equal(JsonValueKind.Null, (await peer.DecodeAsync(Pack.Write<Node?>(null))).ValueKind);
    }

    [Fact]
    public async Task JavaScript_sees_arrays()
    {
        JsonElement seen = await peer.DecodeAsync(Pack.Write(new List<Point> { new(1, -2) }, Pack.Arrays));
        Assert.Equal("[[1,-2]]", seen.GetRawText());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(300)]
    [InlineData(70_000)]
    public async Task Every_width_is_read_on_both_sides(int length)
    {
        string text = new('t', length);
        Assert.Equal(text, (await peer.DecodeAsync(Pack.Write(text))).GetString());
        Assert.Equal(text, Pack.Read<string>(await peer.EncodeAsync(JsonSerializer.Serialize(text))));
        int[] items = [.. Enumerable.Range(-length / 2, length)];
        Assert.Equal(items, (await peer.DecodeAsync(Pack.Write(items))).EnumerateArray().Select(e => e.GetInt32()));
        byte[] body = await peer.EncodeAsync(JsonSerializer.Serialize(items));
        Assert.Equal(items, Pack.Read<int[]>(body));
        Assert.Equal(body, Pack.Write(items));
    }

    [Fact]
    public async Task What_JavaScript_writes_is_read()
    {
        byte[] body = await peer.EncodeAsync("""
            {"id":7,"big":{"$big":"1099511627776"},"ratio":3,"on":true,"text":"ß","color":2,"key":{"$bin":"00112233445566778899aabbccddeeff"},
             "at":{"$date":"2026-11-21T06:30:00.123Z"},"for":30000000,"price":"12.50","maybe":null,"more":{"a":[1,{"b":2.5}],"c":{"$date":0}}}
            """, big: true);
        Flat expected = new(
            7, 1L << 40, 3, true, "ß", Color.Green, new Guid("00112233-4455-6677-8899-aabbccddeeff"),
            new DateTime(2026, 11, 21, 6, 30, 0, 123, DateTimeKind.Utc), TimeSpan.FromSeconds(3), 12.50m, null);
        Assert.Equal(expected, Pack.Read<Flat>(body));
        Assert.Equal(new Circle("c", 1.5), Pack.Read<Shape>(await peer.EncodeAsync("""{"radius":1.5,"id":"c","$type":"circle"}""")));
        Assert.Equal(new() { [1] = "a", [-2] = "b" }, Pack.Read<Dictionary<int, string>>(await peer.EncodeAsync("""{"1":"a","-2":"b"}""")));
        Assert.Equal(new DateTimeOffset(2500, 1, 1, 0, 0, 0, TimeSpan.Zero), Pack.Read<DateTimeOffset>(await peer.EncodeAsync("""{"$date":"2500-01-01T00:00:00Z"}""")));
        Assert.Equal(new DateTime(1900, 1, 1, 0, 0, 0, DateTimeKind.Utc), Pack.Read<DateTime>(await peer.EncodeAsync("""{"$date":"1900-01-01T00:00:00Z"}""")));
    }
}
