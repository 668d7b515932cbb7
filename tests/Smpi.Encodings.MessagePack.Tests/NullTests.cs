namespace Smpi.Tests;

public sealed class NullTests
{
    [Fact]
    public void A_member_without_null_is_refused_where_it_is_nil_or_missing()
    {
        // {"text": nil, "inner": {"x": 1}}, {"text": "t"}, ["t", nil], {"items": [{}]}
        Refuses<Note>("82 a4 74657874 c0 a5 696e6e6572 81 a1 78 01", "text", "nil");
        Refuses<Note>("81 a4 74657874 a1 74", "inner", "missing");
        Refuses<Note>("92 a1 74 c0", "inner", "nil");
        Refuses<Note>("91 a1 74", "inner", "missing");
        Refuses<Notes>("81 a5 6974656d73 91 80", "$.items[0]", "text", "missing");
        Refuses<NoteSet>("80", "inner", "missing");
        Refuses<NoteSet>("81 a5 696e6e6572 c0", "inner", "nil");
        Refuses<NoteSettable>("80", "inner", "missing");
        Refuses<NoteSettable>("81 a5 696e6e6572 c0", "inner", "nil");
        Refuses<Mild>("81 a4 74657874 c0", "text", "nil");
        Assert.Equal(new Mild(null, 0), Pack.ReadHex<Mild>("80"));
        Assert.Equal(new Note("t", new Cell(1)), Pack.ReadHex<Note>("92 a1 74 91 01"));
    }

    [Fact]
    public void A_body_that_is_nil_is_refused_where_a_record_or_a_collection_is_expected()
    {
        Refuses<Note>("c0", "NullBodies.Allow<Note>()");
        Refuses<List<Note>>("c0", "nil");
        Assert.Null(Pack.ReadHex<string?>("c0"));
        Assert.Null(Pack.ReadHex<int?>("c0"));
    }

    [Fact]
    public void Objects_are_counted_in_records_of_any_form()
    {
        var few = new MessagePackEncoding(new MessagePackEncodingOptions { Objects = 6 });
        List<Note> two = [new("t", new Cell(1)), new("t", new Cell(2))];
        Assert.Equal(2, Pack.Read<List<Note>>(Pack.Write(two),
            new MessagePackEncoding(new MessagePackEncodingOptions { Objects = 7 })).Count);
        Assert.Equal(ErrorCode.TooLarge, Assert.Throws<EncodingException>(() => Pack.Read<List<Note>>(Pack.Write(two), few)).Code);
        EncodingException error = Assert.Throws<EncodingException>(() => Pack.Read<List<Note>>(Pack.Write(two, Pack.Arrays), few));
        Assert.Equal(ErrorCode.TooLarge, error.Code);
        Assert.Contains("$[1]", error.Message, StringComparison.Ordinal);
        Assert.Contains("MessagePackEncodingOptions.Objects", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new MessagePackEncoding(new MessagePackEncodingOptions { Objects = 0 }));
    }

    [Fact]
    public void Large_structs_count_for_what_they_take()
    {
        // An empty map of one byte is a struct of 80.
        byte[] body = [0xdd, 0x00, 0x02, 0x00, 0x01, .. Enumerable.Repeat((byte)0x80, 0x20001)];
        Assert.Equal(ErrorCode.TooLarge, Assert.Throws<EncodingException>(() => Pack.Read<Wide[]>(body)).Code);
        Assert.Equal(1000, Pack.Read<Wide[]>([0xdc, 0x03, 0xe8, .. Enumerable.Repeat((byte)0x80, 1000)]).Length);
    }

    private static void Refuses<T>(string hex, params string[] parts)
    {
        EncodingException error = Pack.Refused<T>(hex);
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

    public readonly record struct Wide(decimal A, decimal B, decimal C, decimal D, decimal E);
}
