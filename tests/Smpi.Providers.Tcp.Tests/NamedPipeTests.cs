namespace Smpi.Providers.Tcp.Tests;

public sealed class NamedPipeTests : ProtocolBehaviour
{
    private readonly string _name = $"smpi-test-{Guid.NewGuid():N}";

    protected override IServerProtocol Listener() => new NamedPipeProtocol(_name);

    protected override IProtocol Dialler(IListener listener) => new NamedPipeProtocol(_name);

    [Theory]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    public void A_name_that_cannot_be_is_configuration(string name) => Assert.Throws<SmpiConfigurationException>(() => new NamedPipeProtocol(name));

    [Fact]
    public async Task A_name_that_is_too_long_is_configuration()
    {
        var protocol = new NamedPipeProtocol(new string('x', 300));
        await Assert.ThrowsAsync<SmpiConfigurationException>(() => protocol.ConnectAsync());
        await Assert.ThrowsAsync<SmpiConfigurationException>(() => protocol.ListenAsync());
    }
}
