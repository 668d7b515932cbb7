namespace Smpi.Building.Tests;

public sealed class SmpiProvidersTests
{
    [Fact]
    public void The_core_has_its_own_format_protocol_and_loops()
    {
        var providers = new SmpiProviders();
        Assert.Equal("native", providers.Get<FormatEntry>("native").Create().Name);
        Assert.Equal("memory", providers.Get<ProtocolEntry>("memory").Name);
        Assert.Same(EventLoop.ThreadPool, providers.Get<EventLoopEntry>("pool").Create());
        Assert.Same(EventLoop.Inline, providers.Get<EventLoopEntry>(" Inline").Create());
    }

    [Fact]
    public void A_later_entry_of_the_same_kind_and_name_replaces_the_earlier_one()
    {
        SmpiProviders providers = Fakes.Providers();
        var entry = new EncodingEntry("JSON", "Other", static () => new FakeEncoding("json"));
        providers.Register(entry);
        Assert.Same(entry, providers.Get<EncodingEntry>("json"));
    }

    [Theory]
    [InlineData("stdio:x", "The protocol 'stdio' is not added: reference the package Smpi.Providers.Stdio and call AddStdio(). Added are: 'both', 'memory', 'out'.")]
    [InlineData("protobuf+out:x", "reference the package Smpi.Encodings.Protobuf and call AddProtobuf()")]
    [InlineData("jk+out:x", "'jk' is planned and not in this version: choose another.")]
    [InlineData("jsno+out:x", "There is no format or encoding 'jsno'. Did you mean 'json'?")]
    [InlineData("stdoi:x", "Did you mean 'stdio', of the package Smpi.Providers.Stdio with AddStdio()?")]
    [InlineData("memmory:x", "Did you mean 'memory'?")]
    [InlineData("zzzzzzzz:x", "There is no protocol 'zzzzzzzz'. Added are: 'both', 'memory', 'out'.")]
    [InlineData("out+json:x", "'out' is the name of another part, the protocol, and cannot be the format or encoding.")]
    [InlineData("tcp+json:x", "'tcp' is the name of another part, the protocol")]
    [InlineData("json:x", "'json' is the name of another part, the encoding, and cannot be the protocol. In an address formats and encodings stand before the protocol")]
    [InlineData("out[loop=inlnie]:x", "There is no event loop 'inlnie'. Did you mean 'inline'?")]
    public void A_name_that_is_not_there_gets_a_useful_sentence(string address, string part) =>
        Assert.Contains(part, Fakes.Refused(() => Fakes.Plan(address)), StringComparison.Ordinal);

    [Theory]
    [InlineData("json", "Smpi.Encodings.Json")]
    [InlineData("msgpack", "Smpi.Encodings.MessagePack")]
    public void First_party_names_before_the_protocol_are_known_with_their_package(string name, string package) =>
        Assert.Contains(package, Fakes.Refused(() => new SmpiProviders().CreateChannel($"{name}+memory:x")), StringComparison.Ordinal);

    [Theory]
    [InlineData("tcp")]
    [InlineData("tls")]
    [InlineData("unix")]
    [InlineData("pipe")]
    [InlineData("ipc")]
    [InlineData("ws")]
    [InlineData("wss")]
    public void First_party_protocols_are_known_with_their_package(string name) =>
        Assert.Contains($"The protocol '{name}' is not added: reference the package Smpi.Providers.", Fakes.Refused(() => new SmpiProviders().CreateChannel($"{name}:x")), StringComparison.Ordinal);
}
