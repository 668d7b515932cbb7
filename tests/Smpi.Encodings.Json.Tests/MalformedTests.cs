using System.Buffers;
using System.Text;

namespace Smpi.Encodings.Json.Tests;

public sealed class MalformedTests
{
    private const string Valid = "{\"text\":\"a\\u00e9\",\"big\":-12,\"real\":1.5e3,\"points\":[{\"x\":1,\"y\":2}],\"counts\":{\"a\":1},\"yes\":true,\"bytes\":\"AQI=\",\"maybe\":null}";

    private static readonly string[] WrongValues =
        ["\"x\"", "1", "1.5", "true", "[]", "{}", "[1]", "{\"a\":[]}", "1e999999", "-1e999999", "NaN", "Infinity", "-Infinity", "\"NaN\"", "01", "+1", ".5", "1.", "'x'", "undefined", "\"\\ud800\"", "\"\\x\"", "tru", "nul"];

    private static readonly string[] Members = ["text", "big", "real", "money", "yes", "id", "at", "utc", "took", "colour", "size", "bytes", "memory", "points", "counts", "ratio"];

    [Fact]
    public void Every_prefix_of_a_valid_body_is_refused()
    {
        byte[] body = Encoding.UTF8.GetBytes(Valid);
        for (int length = 0; length < body.Length; length++) Refuse(body[..length]);
        Assert.NotNull(Coding.Reflected.Parse<Everything>(body));
    }

    [Fact]
    public void Wrong_values_end_in_an_encoding_exception_only()
    {
        int refused = 0;
        foreach (string member in Members)
        {
            foreach (string value in WrongValues) refused += Try(Encoding.UTF8.GetBytes($"{{\"{member}\":{value}}}")) ? 0 : 1;
        }

        Assert.InRange(refused, 300, Members.Length * WrongValues.Length);
    }

    [Fact]
    public void Changed_octets_end_in_an_encoding_exception_only()
    {
        byte[] body = Encoding.UTF8.GetBytes(Valid);
        var random = new Random(20261121);
        int refused = 0;
        for (int round = 0; round < 3000; round++)
        {
            byte[] changed = [.. body];
            for (int count = random.Next(1, 4); count > 0; count--) changed[random.Next(changed.Length)] = (byte)random.Next(256);
            if (!Try(changed)) refused++;
        }

        Assert.InRange(refused, 1500, 3000);
    }

    [Fact]
    public void Deep_repeated_and_alien_bodies_are_refused()
    {
        foreach (int depth in new[] { 65, 100, 1000, 100_000 })
        {
            Refuse(Encoding.UTF8.GetBytes("{\"q\":" + new string('[', depth) + new string(']', depth) + "}"));
            Refuse(Encoding.UTF8.GetBytes(new string('[', depth)));
            Refuse(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"q\":", depth))));
        }

        foreach (string member in Members) Refuse(Encoding.UTF8.GetBytes($"{{\"{member}\":null,\"{member}\":null}}"));
        for (int octet = 0x80; octet < 0x100; octet++) Refuse([.. "{\"q\":\""u8, (byte)octet, .. "\"}"u8]);
        for (int octet = 0; octet < 0x20; octet++) Refuse([.. "{\"q\":\""u8, (byte)octet, .. "\"}"u8]);
        for (int octet = 0; octet < 0x100; octet++)
        {
            if (octet is not (' ' or '\t' or '\r' or '\n')) Refuse([.. Encoding.UTF8.GetBytes(Valid), (byte)octet]);
        }
    }

    private static void Refuse(byte[] body)
    {
        Assert.Throws<EncodingException>(() => Coding.Reflected.Parse<Everything>(body));
        Assert.Throws<EncodingException>(() => Coding.Generated.For<Everything>().Read(Coding.Pieces(body, 3)));
    }

    // Anything but a value or an EncodingException fails the test; whole and in pieces must agree.
    private static bool Try(byte[] body)
    {
        bool whole = Reads(Coding.Reflected, new ReadOnlySequence<byte>(body));
        Assert.Equal(whole, Reads(Coding.Generated, Coding.Pieces(body, 7)));
        return whole;
    }

    private static bool Reads(JsonEncoding encoding, ReadOnlySequence<byte> body)
    {
        try
        {
            encoding.For<Everything>().Read(body);
            return true;
        }
        catch (EncodingException)
        {
            return false;
        }
    }
}
