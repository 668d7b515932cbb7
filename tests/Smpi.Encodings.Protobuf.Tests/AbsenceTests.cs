namespace Smpi.Tests;

public sealed class AbsenceTests
{
    [Fact]
    public void A_record_that_is_absent_is_refused_where_its_member_has_no_null()
    {
        // text = "t"; items = [{}]
        Refuses<Note>("0a 01 74", "Inner", "missing");
        Refuses<Notes>("0a 00", "$.Items[0]", "Inner", "missing");
        Refuses<NoteSet>("", "Inner", "missing");
        Refuses<NoteSettable>("", "Inner", "missing");
        Assert.Equal(new Note("", new Cell(0)), Proto.ReadHex<Note>("12 00"));
        Assert.Equal(new Mild(null, 0), Proto.ReadHex<Mild>(""));
        Assert.Empty(Proto.ReadHex<Notes>("").Items);
    }

    [Fact]
    public void Objects_that_no_byte_stands_for_are_counted()
    {
        var few = new ProtobufEncoding(new ProtobufEncodingOptions { Objects = 10 });
        Assert.Equal(3, Proto.Read<List<Notes>>(Proto.Bytes("0a 00 0a 00 0a 00"), few).Count);
        EncodingException error = Assert.Throws<EncodingException>(() =>
            Proto.Read<List<Notes>>(Proto.Bytes("0a 00 0a 00 0a 00 0a 00 0a 00"), few));
        Assert.Equal(ErrorCode.TooLarge, error.Code);
        Assert.Contains("[4]", error.Message, StringComparison.Ordinal);
        Assert.Contains("ProtobufEncodingOptions.Objects", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new ProtobufEncoding(new ProtobufEncodingOptions { Objects = 0 }));
    }

    private static void Refuses<T>(string hex, params string[] parts)
    {
        EncodingException error = Assert.Throws<EncodingException>(() => Proto.ReadHex<T>(hex));
        Assert.Contains(typeof(T).Name, error.Message, StringComparison.Ordinal);
        Assert.All(parts, part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
    }

    public sealed record Cell(int X);

    public sealed record Note(string Text, Cell Inner);

    public sealed record Notes(List<Note> Items);

    public sealed record Mild(string? Maybe, int Count, string Text = "none");

    public sealed record NoteSet
    {
        public Cell Inner { get; init; } = null!;
    }

    public sealed class NoteSettable
    {
        public Cell Inner { get; set; } = null!;
    }
}
