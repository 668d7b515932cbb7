namespace Smpi.Tests;

public sealed class GeneratedTests
{
    // An encoding that cannot fall back to reflection.
    private static readonly MessagePackEncoding Maps = MessagePackEncoding.OfShapes(new MessagePackEncodingOptions());
    private static readonly MessagePackEncoding Arrays = MessagePackEncoding.OfShapes(new MessagePackEncodingOptions { AsArrays = true });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Records_travel_without_reflection(bool asArrays)
    {
        MessagePackEncoding encoding = asArrays ? Arrays : Maps;
        Pack.Same(Samples.Full, Pack.Read<Everything>(Pack.Write(Samples.Full, encoding), encoding));
        Assert.Equal(Samples.Flat, Pack.Read<Flat>(Pack.Write(Samples.Flat, encoding), encoding));
        Assert.IsType<Dog>(Pack.Read<Animal>(Pack.Write<Animal>(new Dog("Rex", true)), encoding));
    }

    [Fact]
    public void An_init_only_member_that_does_not_arrive_keeps_its_initializer()
    {
        Init read = Pack.ReadHex<Init>("81 a4 6e616d65 a1 61", Maps);
        Assert.Equal(("a", 7, 1, null), (read.Name, read.Count, Assert.Single(read.Items), read.Renamed));
    }

    [Fact]
    public void The_failure_names_the_path()
    {
        EncodingException error = Assert.Throws<EncodingException>(() => Pack.ReadHex<Node>("82 a4 6e616d65 a1 61 a8 6368696c6472656e 91 81 a4 6e616d65 01", Maps));
        Assert.Contains("$.children[0].name", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_type_that_nobody_generated_is_refused_with_the_remedy()
    {
        EncodingException error = Assert.Throws<EncodingException>(() => Maps.For<Unlisted>());
        Assert.Contains("[SmpiRecord]", error.Message, StringComparison.Ordinal);
    }
}
