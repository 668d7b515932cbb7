using System.Text;

namespace Smpi.Generators.Json.Tests;

/// <summary>The straight way and the serializer do the same with whatever they are given.</summary>
public sealed class DifferentialTests
{
    private static readonly string[] Tokens =
    [
        "null", "true", "false", "0", "-0", "-0.0", "00", "01", "-01", "+1", "1.", ".5", "1.5", "-", "1e3", "1E+3", "1e", "1e-400", "1e400", "-1e400", "9007199254740993", "9223372036854775807", "9223372036854775808",
        "-9223372036854775808", "-9223372036854775809", "18446744073709551615", "18446744073709551616", "99999999999999999999999", "2147483648", "-2147483649", "256", "-129", "65536", "0.1", "123456789.123456789012",
        "3.4028236e38", "1e39", "4.9e-324", "NaN", "Infinity", "\"NaN\"", "\"1\"", "\"\"", "\"x\"", "\"\\u00e9\"", "1e28", "79228162514264337593543950336", "12.500000000000000000000000000000001", "\"2026-11-21\"", "\"2026-11-21T06:00\"", "\"2026-11-21T06:00:00.12345678Z\"", "\"2026-11-21T06:00:00+02:00\"", "\"2026-02-30T00:00:00Z\"",
        "\"0f8fad5b-d9cb-469f-a165-70867728950e\"", "\"0f8fad5bd9cb469fa16570867728950e\"", "\"2026\\u002d11-21T06:00:00Z\"", "\"\\ud800\"", "\"\\ud83d\\ude00\"", "\"\\x\"", "\"\\n\\\\\\\"\\/\"", "\"\u0001\"", "\"ü\"", "\"", "\\\"", "[", "]", "{", "}", ",", ":",
        "[]", "{}", "[1]", "[1,]", "[null]", " ", "\n", "\t", "\u00a0", "/**/", "// x\n", "'", "tru", "nul", "\"id\":1,", ",\"id\":2", "\"zzz\":[{}],", "\ufeff", "\0",
    ];

    private readonly Random _random = new(20261121);

    [Fact]
    public void Random_rows_and_bodies_changed_in_any_way() => Compare(Values.Row, 4000);

    [Fact]
    public void Random_numbers_and_bodies_changed_in_any_way() => Compare(Values.Numbers, 3000);

    [Fact]
    public void Random_records_within_records_and_bodies_changed_in_any_way() => Compare(static random => Values.Nest(random, random.Next(4)), 1500);

    [Fact]
    public void Random_times_and_bodies_changed_in_any_way() => Compare(Values.Tokens, 1500);

    [Fact]
    public void Random_lists_and_bodies_changed_in_any_way() => Compare(Values.Lists, 1500);

    [Fact]
    public void Random_members_and_bodies_changed_in_any_way() => Compare(Values.Members, 2500);

    private void Compare<T>(Func<Random, T> make, int rounds)
    {
        foreach (Two<T> two in new[] { Two<T>.Reflected, Two<T>.By(PlainContext.Default), Two<T>.By(WebContext.Default) })
        {
            Assert.True(two.Straight.IsStraight);
            int refused = 0, changes = 0;
            for (int round = 0; round < rounds; round++)
            {
                string body = two.Write(make(_random));
                Assert.True(two.Read(body).IsRead);
                Assert.True(Two<T>.Takes(Encoding.UTF8.GetBytes(body)), body);
                if (body.Length > 3000) continue;
                for (int change = 0; change < 4; change++, changes++)
                {
                    if (!two.Read(Changed(body)).IsRead) refused++;
                }
            }

            // Some changes leave a value, most do not.
            Assert.InRange(refused, changes / 4, changes - (changes / 20));
        }
    }

    private byte[] Changed(string body)
    {
        byte[] octets = Encoding.UTF8.GetBytes(body);
        int at = _random.Next(octets.Length);
        byte[] token = Encoding.UTF8.GetBytes(Tokens[_random.Next(Tokens.Length)]);
        switch (_random.Next(8))
        {
            case 0:
                octets[at] = (byte)_random.Next(256);
                return octets;
            case 1:
                return octets[..at];
            case 2:
                return [.. octets[..at], .. octets[(at + 1)..]];
            case 3:
                return [.. octets[..at], .. token, .. octets[at..]];
            case 4:
                return Encoding.UTF8.GetBytes(Spaced(body));
            case 5:
                return [.. octets, .. token];
            default:
                return Replaced(body, Encoding.UTF8.GetString(token));
        }
    }

    // White space wherever one may stand, and within texts, where it is another text.
    private string Spaced(string body)
    {
        var text = new StringBuilder();
        foreach (char sign in body)
        {
            bool isBetween = sign is ',' or ':' or '{' or '}' or '[' or ']';
            if (isBetween && _random.Next(3) == 0) text.Append(" \t\r\n"[_random.Next(4)]);
            text.Append(sign);
            if (isBetween && _random.Next(3) == 0) text.Append(" \t\r\n"[_random.Next(4)]);
        }

        return text.ToString();
    }

    // Another value in the place of a member's.
    private byte[] Replaced(string body, string token)
    {
        int[] colons = [.. Enumerable.Range(0, body.Length).Where(i => body[i] == ':')];
        if (colons.Length == 0) return Encoding.UTF8.GetBytes(body + token);
        int from = colons[_random.Next(colons.Length)] + 1;
        int end = body.AsSpan(from).IndexOfAny(',', '}', ']');
        return Encoding.UTF8.GetBytes(end < 0 ? body[..from] + token : body[..from] + token + body[(from + end)..]);
    }
}
