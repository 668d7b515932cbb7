using System.Text;

namespace Smpi.Encodings.Json.Tests;

public sealed class ObjectLimitTests
{
    private static readonly JsonEncoding Few = new(new JsonEncodingOptions { Objects = 5 });

    [Fact]
    public void The_failure_names_the_type_and_the_path()
    {
        EncodingException error = Assert.Throws<EncodingException>(() =>
            Few.Parse<Box<List<Point>>>("{\"value\":[{\"x\":1,\"y\":2},{\"x\":1,\"y\":2},{\"x\":1,\"y\":2},{\"x\":1,\"y\":2}]}"));
        Assert.Equal(ErrorCode.TooLarge, error.Code);
        Assert.Contains("Box<List<Point>> at '$.value[3]'", error.Message, StringComparison.Ordinal);
        Assert.Contains("JsonEncodingOptions.Objects", error.Message, StringComparison.Ordinal);
        Assert.Equal(3, Few.Parse<Box<List<Point>>>("{\"value\":[{\"x\":1,\"y\":2},{\"x\":1,\"y\":2},{\"x\":1,\"y\":2}]}").Value.Count);
    }

    [Fact]
    public void Names_count_as_keys_of_dictionaries_and_not_as_members()
    {
        Assert.Equal(4, Few.Parse<Dictionary<string, int>>("{\"a\":1,\"b\":2,\"c\":3,\"d\":4}").Count);
        Assert.Equal(ErrorCode.TooLarge, Assert.Throws<EncodingException>(() =>
            Few.Parse<Dictionary<string, int>>("{\"a\":1,\"b\":2,\"c\":3,\"d\":4,\"e\":5}")).Code);
        Assert.Equal(4, Few.Parse<Point[]>("[{\"x\":1,\"y\":2},{\"x\":1,\"y\":2},{\"x\":1,\"y\":2},{\"x\":1,\"y\":2}]").Length);
    }

    [Fact]
    public void Every_way_to_read_counts()
    {
        byte[] body = Encoding.UTF8.GetBytes("[\"\",\"\",\"\",\"\",\"\"]");
        Assert.Equal(ErrorCode.TooLarge, Assert.Throws<EncodingException>(() => Few.For<string[]>().Read(new(body))).Code);
        Assert.Equal(ErrorCode.TooLarge, Assert.Throws<EncodingException>(() => Few.For<string[]>().Read(Coding.Pieces(body, 2))).Code);
        Assert.Equal(ErrorCode.TooLarge, Assert.Throws<EncodingException>(() => Few.For(typeof(string[])).ReadObject(new(body))).Code);
        Assert.Throws<ArgumentOutOfRangeException>(() => new JsonEncoding(new JsonEncodingOptions { Objects = 0 }));
    }
}
