namespace Smpi.Tests;

public sealed class MessageIdTests
{
    [Fact]
    public void The_default_is_no_id_and_zero_and_empty_text_are_ids()
    {
        Assert.True(default(MessageId).IsNone);
        Assert.False(new MessageId(0).IsNone);
        Assert.False(new MessageId("").IsNone);
        Assert.Equal(3, new HashSet<MessageId> { default, new(0), new("") }.Count);
    }

    [Fact]
    public void A_number_and_its_text_are_different_ids()
    {
        Assert.NotEqual(new MessageId(7), new MessageId("7"));
        Assert.True(new MessageId(7) != new MessageId("7"));
        Assert.Equal(new MessageId(7).ToString(), new MessageId("7").ToString());
    }

    [Fact]
    public void The_text_of_the_number_marker_is_an_ordinary_text()
    {
        var id = new MessageId("#");

        Assert.False(id.IsNumber);
        Assert.Equal("#", id.Text);
        Assert.NotEqual(new MessageId(0), id);
    }

    [Fact]
    public void Equal_ids_have_equal_hashes()
    {
        Assert.Equal(new MessageId(new string('x', 3)).GetHashCode(), new MessageId("xxx").GetHashCode());
        Assert.Equal(new MessageId(ulong.MaxValue), new MessageId(ulong.MaxValue));
        Assert.True(new MessageId(new string('x', 3)) == new MessageId("xxx"));
        Assert.Null(new MessageId(5).Text);
        Assert.Equal(5ul, new MessageId(5).Number);
        Assert.Equal(0ul, new MessageId("5").Number);
    }
}
