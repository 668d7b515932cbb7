namespace Smpi.Tests;

/// <summary>The names of generated members are not in the way of records.</summary>
public sealed class PlainNamesTests
{
    [Fact]
    public void Records_without_a_namespace_may_have_any_name()
    {
        Table read = Table.Through(MessagePackEncoding.OfShapes(new MessagePackEncodingOptions()), new Table(4, [new Register("Ada")]));
        Assert.Equal((4, "Ada"), (read.Id, Assert.Single(read.Guests).Name));
    }
}
