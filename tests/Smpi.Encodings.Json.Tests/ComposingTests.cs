namespace Smpi.Encodings.Json.Tests;

public sealed class ComposingTests
{
    [Fact]
    public void Use_composes_and_add_registers()
    {
        var builder = new Recorder();
        Assert.Same(builder, builder.UseJson(TestContext.Default).UseJson());
        Assert.Equal(["json", "json"], builder.Parts.Encodings.Select(encoding => encoding.Name));
        Assert.Empty(builder.Entries);
        Assert.Same(builder, builder.AddJson().AddJson(TestContext.Default));
        EncodingEntry entry = Assert.IsType<EncodingEntry>(builder.Entries[1]);
        Assert.Equal(("json", "Smpi.Encodings.Json"), (entry.Name, entry.Package));
        Assert.Equal("application/json", entry.Create().ContentType);
    }

    private sealed class Recorder : ISmpiBuilder
    {
        public ChannelParts Parts { get; } = new();

        public List<ProviderEntry> Entries { get; } = [];

        public void Register(ProviderEntry entry) => Entries.Add(entry);

        public T Settings<T>()
            where T : class, new() => (T)(object)Parts;
    }
}
