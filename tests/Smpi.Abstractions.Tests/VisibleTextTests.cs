namespace Smpi.Tests;

public sealed class VisibleTextTests
{
    [Theory]
    [InlineData("plain, \u00e4\u00f6\u00fc and \u4e2d\u6587 \ud83d\ude00", "plain, \u00e4\u00f6\u00fc and \u4e2d\u6587 \ud83d\ude00")]
    [InlineData("two\r\nlines\tand a tab", "two\\r\\nlines\\tand a tab")]
    [InlineData("\u001b[31mred\u001b[0m", "\\u001b[31mred\\u001b[0m")]
    [InlineData("a\0b\u007fc\u0085d\u009bd", "a\\u0000b\\u007fc\\u0085d\\u009bd")]
    [InlineData("\u202eturned\u202c \u2066x\u2069 \u2028", "\\u202eturned\\u202c \\u2066x\\u2069 \\u2028")]
    [InlineData("", "")]
    public void Control_characters_and_controls_of_direction_become_visible(string text, string visible) => Assert.Equal(visible, VisibleText.Of(text));

    [Fact]
    public void Text_without_any_is_the_same_object()
    {
        string text = new('x', 100);
        Assert.Same(text, VisibleText.Of(text));
    }

    [Fact]
    public void A_note_is_one_line() => Assert.Equal("forged\\n2026 login of root", new ConnectionNote("junk", "forged\n2026 login of root").Text);
}
