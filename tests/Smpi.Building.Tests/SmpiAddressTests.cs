namespace Smpi.Building.Tests;

public sealed class SmpiAddressTests
{
    [Theory]
    [InlineData("tcp://127.0.0.1:4711", "", "tcp", "//127.0.0.1:4711")]
    [InlineData("protobuf+wss://host/smpi?a=b#c+d", "protobuf", "wss", "//host/smpi?a=b#c+d")]
    [InlineData("interop+unix:/run/app.sock", "interop", "unix", "/run/app.sock")]
    [InlineData("json+jsonrpc-lines+stdio:C:\\tools\\a b.exe --x=[1]", "json,jsonrpc-lines", "stdio", "C:\\tools\\a b.exe --x=[1]")]
    [InlineData("stdio:[\"a\",\"b c\"]", "", "stdio", "[\"a\",\"b c\"]")]
    [InlineData("stdio:", "", "stdio", "")]
    [InlineData("stdio[]:x", "", "stdio", "x")]
    [InlineData("FFI-Child:./libworker.so", "", "ffi-child", "./libworker.so")]
    public void An_address_is_taken_apart(string text, string names, string protocol, string rest)
    {
        SmpiAddress address = SmpiAddress.Parse(text);
        Assert.Equal(names, string.Join(',', address.Names));
        Assert.Equal(protocol, address.Protocol);
        Assert.Equal(rest, address.Rest);
        Assert.Empty(address.Options);
    }

    [Fact]
    public void Options_end_at_the_bracket_and_may_be_quoted()
    {
        SmpiAddress address = SmpiAddress.Parse("jsonrpc+stdio[cwd=C:\\srv:1, Deadline = 5s ,a=\"x,]\\\"\\\\ \",empty=]:clangd --log=error");
        Assert.Equal("C:\\srv:1", address.Options["cwd"]);
        Assert.Equal("5s", address.Options["deadline"]);
        Assert.Equal("x,]\"\\ ", address.Options["A"]);
        Assert.Equal("", address.Options["empty"]);
        Assert.Equal("clangd --log=error", address.Rest);
    }

    [Fact]
    public void Any_address_reads_back_from_its_text()
    {
        const string Letters = "ab,[]\"\\:+= ?#é😀\t'";
        var random = new Random(4);
        for (int round = 0; round < 2000; round++)
        {
            string[] names = [.. Enumerable.Range(0, random.Next(3)).Select(_ => $"n{random.Next(9)}-x")];
            var options = new Dictionary<string, string>();
            for (int count = random.Next(4); count > 0; count--) options[$"key{count}"] = Text(random, Letters);
            string rest = Text(random, Letters);
            string list = string.Join(',', options.Select(option => $"{option.Key}=\"{option.Value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\""));
            string text = string.Concat(names.Select(name => name + "+")) + "tcp" + (options.Count == 0 ? "" : $"[{list}]") + ":" + rest;

            SmpiAddress first = SmpiAddress.Parse(text);
            SmpiAddress second = SmpiAddress.Parse(first.ToString());
            foreach (SmpiAddress address in new[] { first, second })
            {
                Assert.Equal(names, address.Names);
                Assert.Equal("tcp", address.Protocol);
                Assert.Equal(options.OrderBy(option => option.Key), address.Options.OrderBy(option => option.Key));
                Assert.Equal(rest, address.Rest);
            }

            Assert.Equal(first.ToString(), second.ToString());
        }
    }

    [Fact]
    public void Any_text_is_read_or_refused_in_one_way()
    {
        const string Letters = "ab+[]=,\":\\- ";
        var random = new Random(5);
        int read = 0;
        for (int round = 0; round < 5000; round++)
        {
            string text = Text(random, Letters);
            try
            {
                SmpiAddress address = SmpiAddress.Parse(text);
                Assert.Equal(address.Rest, SmpiAddress.Parse(address.ToString()).Rest);
                read++;
            }
            catch (SmpiConfigurationException error)
            {
                Assert.Contains("position", error.Message, StringComparison.Ordinal);
            }
        }

        Assert.InRange(read, 1, 4999);
    }

    [Theory]
    [InlineData("", "no ':' (position 1)")]
    [InlineData("tcp", "no ':' (position 4)")]
    [InlineData("json+:x", "a name is missing (position 6)")]
    [InlineData("js on+tcp:x", "' ' stands in a name, which has letters, digits and '-' only (position 3)")]
    [InlineData("tcp[a=1x", "its '[' is not closed by ']' (position 4)")]
    [InlineData("tcp[a=1]x", "a ':' is missing (position 9)")]
    [InlineData("tcp[a]:x=1", "of the form 'key=value' is missing (position 5)")]
    [InlineData("tcp[=1]:x", "of the form 'key=value' is missing (position 5)")]
    [InlineData("tcp[a=1,A=2]:x", "'A' stands twice (position 9)")]
    [InlineData("tcp[a=\"1]:x", "a quoted value has no end (position 7)")]
    [InlineData("tcp[a=\"1\"2]:x", "',' or ']' is missing after a quoted value (position 10)")]
    [InlineData("tcp[a=[1]:x", "'[' stands in a value without quotes: write key=\"value\" (position 7)")]
    public void What_is_wrong_is_said_with_its_position(string text, string why)
    {
        string message = Fakes.Refused(() => SmpiAddress.Parse(text));
        Assert.Contains(why, message, StringComparison.Ordinal);
        Assert.StartsWith($"The address '{text}' cannot be read", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("amqp[x]://me:hunter2@host/q?token=hunter2", "amqp[x]://***@host/q?***")]
    [InlineData("tls[ca=a,key-Password=\"hunter2,]\",x]://h", "tls[ca=a,key-Password=***]://h")]
    [InlineData("stdio[x]:worker --token=hunter2", "stdio[x]:worker --token=***")]
    public void A_secret_is_not_repeated(string text, string shown)
    {
        string message = Fakes.Refused(() => SmpiAddress.Parse(text));
        Assert.DoesNotContain("hunter2", message, StringComparison.Ordinal);
        Assert.Contains($"'{shown}'", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_address_is_shown_in_part() =>
        Assert.True(Fakes.Refused(() => SmpiAddress.Parse(new string('a', 100_000))).Length < 500);

    private static string Text(Random random, string letters)
    {
        var runes = letters.EnumerateRunes().ToArray();
        return string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => runes[random.Next(runes.Length)].ToString()));
    }
}
