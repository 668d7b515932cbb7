namespace Smpi.Tests;

public sealed class MemoryBuilderTests
{
    [Fact]
    public void Use_and_listen_set_the_protocol_of_the_channel()
    {
        var builder = new Builder();
        Assert.Same(builder, builder.UseMemory("near"));
        Assert.Equal(("memory:near", false), (builder.Parts.Protocol!.ToString(), builder.Parts.Listen));
        builder.ListenMemory("far", new MemoryNetwork());
        Assert.Equal(("memory:far", true), (builder.Parts.Protocol!.ToString(), builder.Parts.Listen));
        Assert.Throws<ArgumentException>(() => builder.UseMemory(""));
    }

    private sealed class Builder : ISmpiBuilder
    {
        public ChannelParts Parts { get; } = new();

        public T Settings<T>()
            where T : class, new() => (T)(object)Parts;

        public void Register(ProviderEntry entry) => throw new NotSupportedException();
    }
}
