namespace Smpi.Tests;

public sealed class HeadersTests
{
    [Fact]
    public void Names_are_compared_without_case_and_values_keep_their_order()
    {
        var headers = new Headers();
        headers.Add("Via", "a");
        headers.Add("Other", "x");
        headers.Add("VIA", "b");

        Assert.Equal(3, headers.Count);
        Assert.Equal("a", headers["via"]);
        Assert.Equal(["a", "b"], headers.GetAll("vIa"));
        Assert.Equal(["Via", "Other", "VIA"], headers.Select(field => field.Key));
        Assert.Null(headers["none"]);
        Assert.Empty(headers.GetAll("none"));
    }

    [Fact]
    public void Setting_replaces_every_field_of_the_name_and_null_removes_them()
    {
        var headers = new Headers();
        headers.Add("a", "1");
        headers.Add("A", "2");

        headers["a"] = "3";
        Assert.Equal(["3"], headers.GetAll("a"));
        headers["A"] = null;
        Assert.Empty(headers);
        Assert.False(headers.Remove("a"));
    }

    [Theory]
    [InlineData("", "v")]
    [InlineData("a:b", "v")]
    [InlineData("a\nb", "v")]
    [InlineData("a\0", "v")]
    [InlineData("a", "v\r\nInjected: yes")]
    [InlineData("a", "v\n")]
    [InlineData("a", "\0")]
    public void Names_and_values_that_could_end_a_field_are_refused(string name, string value)
    {
        var headers = new Headers();

        Assert.Throws<ArgumentException>(() => headers.Add(name, value));
        Assert.Empty(headers);
    }

    [Fact]
    public void Lone_surrogates_survive_so_that_a_format_can_keep_octets_that_are_no_text()
    {
        var headers = new Headers();
        headers.Add("raw", "a\uDCFFz");

        Assert.Equal("a\uDCFFz", headers["raw"]);
    }

    [Fact]
    public void A_clone_changes_alone()
    {
        var headers = new Headers();
        headers.Add("a", "1");
        Headers clone = headers.Clone();
        clone.Add("b", "2");

        Assert.Single(headers);
        Assert.Equal(2, clone.Count);
    }
}
