namespace Smpi.Building.Tests;

public sealed class GuardTests
{
    [Theory]
    [InlineData("Address", "out:x")]
    [InlineData("Listen", "both:x")]
    [InlineData("Protocol", "out:x")]
    public void A_guard_of_code_is_not_dropped_by_an_address(string key, string value)
    {
        string message = Fakes.Refused(() => Builder(key, value).Build());
        Assert.Contains($"is guarded in code by a password, and its address '{value}' cannot carry that", message, StringComparison.Ordinal);
        Assert.Contains($"'Smpi:{key}'", message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_address_with_the_same_guard_is_taken_and_sees_what_it_replaces()
    {
        SmpiBuilder builder = Builder("Address", "kept:x");
        Assert.Equal(["a password"], Assert.IsType<Guarded>(builder.FindProtocol()).Guards);
        Assert.Equal(["a password"], Assert.IsType<Guarded>(builder.Build().Protocol).Guards);
    }

    [Fact]
    public void Tests_may_put_a_guarded_channel_in_memory()
    {
        SmpiBuilder builder = Builder("Address", "out:x");
        builder.Settings<ChannelParts>().Replacement = static name => new MemoryProtocol(name);
        Assert.Equal("memory", builder.Build().Protocol.Name);
    }

    [Fact]
    public void What_memory_was_given_in_code_stays_with_another_name()
    {
        var network = new MemoryNetwork();
        var builder = new SmpiBuilder(Fakes.Providers());
        builder.UseMemory("one", network, new MemoryOptions { ByReference = true }).UseAddress("memory[bytes=true]:two");
        MemoryProtocol protocol = Assert.IsType<MemoryProtocol>(builder.Build().Protocol);
        Assert.Equal("memory:two", protocol.ToString());
        Assert.Same(network, protocol.Network);
        Assert.Equal(new MemoryOptions { ByReference = true, Bytes = true }, protocol.Options);
    }

    private static SmpiBuilder Builder(string key, string value)
    {
        SmpiProviders providers = Fakes.Providers();
        providers.Register(new ProtocolEntry("kept", "Test", static address => address.Replaces!));
        var builder = new SmpiBuilder(providers);
        builder.UseProtocol(new Guarded());
        SettingsReader.Apply(builder, new Dictionary<string, string?> { [key] = value }, "Smpi");
        return builder;
    }

    private sealed class Guarded : IGuardedProtocol
    {
        public string Name => "guarded";

        public IReadOnlyCollection<string> Guards => ["a password"];

        public ValueTask<IConnection> ConnectAsync(ConnectionOptions options, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
