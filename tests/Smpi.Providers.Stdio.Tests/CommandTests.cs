namespace Smpi.Providers.Stdio.Tests;

public sealed class CommandTests
{
    [Theory]
    [InlineData("dotnet worker.dll", "dotnet|worker.dll")]
    [InlineData("  a   b  ", "a|b")]
    [InlineData("'a b' \"c d\" e'f'g", "a b|c d|efg")]
    [InlineData("""C:\tools\x.exe --dir C:\temp\""", """C:\tools\x.exe|--dir|C:\temp\""")]
    [InlineData("a '' b", "a||b")]
    [InlineData("""["a","b c","d\"e"]""", "a|b c|d\"e")]
    public void A_command_is_split_without_a_shell(string command, string expected)
    {
        ChildProcessOptions options = ((ChildProcessProtocol)Protocol(command)).Options;
        Assert.Equal(expected.Split('|'), options.Arguments.Prepend(options.FileName));
    }

    [Theory]
    [InlineData("a 'b", "is not closed")]
    [InlineData("[\"a\"", "no JSON list")]
    [InlineData("[1]", "no JSON list")]
    [InlineData("[]", "names no program")]
    [InlineData("''", "names no program")]
    public void A_command_that_cannot_be_read_is_named(string command, string sentence)
    {
        SmpiConfigurationException error = Assert.Throws<SmpiConfigurationException>(() => Protocol(command));
        Assert.Contains(sentence, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_option_is_named_with_the_known_ones()
    {
        SmpiConfigurationException error = Assert.Throws<SmpiConfigurationException>(() => Children.Create("stdio[cmd=/]:cat"));
        Assert.Contains("Did you mean 'cwd'?", error.Message, StringComparison.Ordinal);
    }

    private static IProtocol Protocol(string command)
    {
        var registry = new Registry();
        registry.AddStdio();
        return registry.Entry!.Create(new ProtocolAddress("stdio", command, new Dictionary<string, string>()));
    }

    private sealed class Registry : IProviderRegistry
    {
        public ProtocolEntry? Entry { get; private set; }

        public void Register(ProviderEntry entry) => Entry = (ProtocolEntry)entry;
    }
}
