using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Smpi.Tests.Generated;
using Reading = Smpi.Tests.Generated.Reading;

namespace Smpi.Tests;

/// <summary>Types that protoc generated: as they are, within records, and against records of the same fields.</summary>
public sealed class GoogleTests
{
    private static readonly Reading Sample = new()
    {
        Id = -7,
        Name = "Grüße",
        Value = 0.1,
        Rows = { new Row { Id = 1, Name = "one", Value = 1 }, new Row() },
        State = State.Off,
        Maybe = 0,
        Counts = { ["a"] = 1, ["b"] = 2 },
        Data = ByteString.CopyFrom(1, 2, 3),
        At = Timestamp.FromDateTime(new DateTime(1969, 12, 31, 23, 59, 59, DateTimeKind.Utc).AddTicks(1)),
        Took = Duration.FromTimeSpan(TimeSpan.FromTicks(-15_000_000)),
        Numbers = { 1, -1, long.MaxValue },
        On = true,
        Big = ulong.MaxValue,
        Ratio = 0.5f,
        Tags = { "x", "" },
        First = new Row { Id = 5 },
    };

    public enum Power
    {
        Unknown,
        On,
        Off,
    }

    public sealed record PlainRow(int Id, string Name, double Value);

    public sealed record PlainReading(
        int Id, string Name, double Value, List<PlainRow> Rows, Power State, int? Maybe, Dictionary<string, int> Counts, byte[] Data, DateTime At, TimeSpan Took,
        List<long> Numbers, bool On, ulong Big, float Ratio, List<string> Tags, PlainRow? First);

    [Fact]
    public void A_generated_type_is_a_body_of_its_own_code()
    {
        byte[] body = Proto.Write(Sample);
        Assert.Equal(Sample.ToByteArray(), body);
        Assert.Equal(Sample, Proto.Read<Reading>(body));
        Assert.Equal(Sample, ProtobufEncoding.OfShapes(new ProtobufEncodingOptions { Shapes = [ProtobufShapes.Google<Reading>()] }).For<Reading>().Read(Proto.Shredded(body)));
        Assert.Throws<EncodingException>(() => Proto.Read<Reading>(body.AsSpan(0, body.Length - 1)));
    }

    [Fact]
    public void A_record_of_the_same_fields_reads_and_writes_the_same_octets()
    {
        PlainReading plain = Proto.Read<PlainReading>(Sample.ToByteArray());
        Assert.Equal((-7, "Grüße", 0.1, Power.Off, 0, true, ulong.MaxValue, 0.5f), (plain.Id, plain.Name, plain.Value, plain.State, plain.Maybe, plain.On, plain.Big, plain.Ratio));
        Assert.Equal(new PlainRow(1, "one", 1), plain.Rows[0]);
        Assert.Equal(new PlainRow(0, "", 0), plain.Rows[1]);
        Assert.Equal(new DateTime(1969, 12, 31, 23, 59, 59, DateTimeKind.Utc).AddTicks(1), plain.At);
        Assert.Equal(TimeSpan.FromSeconds(-1.5), plain.Took);
        Assert.Equal(new PlainRow(5, "", 0), plain.First);
        byte[] written = Proto.Write(plain);
        Assert.Equal(Sample, Reading.Parser.ParseFrom(written));
        Assert.Equal(Sample.ToByteArray().Length, written.Length);
        Assert.Equal(new Reading { At = new Timestamp { Seconds = -62_135_596_800 }, Took = new Duration() }, Reading.Parser.ParseFrom(Proto.Write(new PlainReading(0, "", 0, [], 0, null, [], [], default, default, [], false, 0, 0, [], null))));
    }

    [Fact]
    public void Generated_types_stand_in_records_lists_and_maps()
    {
        var wrapped = new Wrapped(new Row { Id = 1 }, [new Row(), new Row { Name = "n" }], new() { ["k"] = Sample });
        Wrapped back = Proto.Back(wrapped);
        Assert.Equal(wrapped.First, back.First);
        Assert.Equal(wrapped.Rows, back.Rows);
        Assert.Equal(Sample, back.Readings["k"]);
    }

    [Fact]
    public void Members_in_parts_are_merged_as_Google_merges_them()
    {
        byte[] two = [.. new Reading { Id = 1, First = new Row { Id = 1, Name = "a" }, Rows = { new Row { Id = 1 } }, Counts = { ["x"] = 1 }, Numbers = { 1 } }.ToByteArray(),
            .. new Reading { Name = "n", First = new Row { Value = 2, Name = "b" }, Rows = { new Row { Id = 2 } }, Counts = { ["x"] = 2 }, Numbers = { 2, 3 } }.ToByteArray()];
        Reading expected = Reading.Parser.ParseFrom(two);
        PlainReading plain = Proto.Read<PlainReading>(two);
        Assert.Equal(new PlainRow(1, "b", 2), plain.First);
        Assert.Equal(expected.Rows.Count, plain.Rows.Count);
        Assert.Equal(new() { ["x"] = 2 }, plain.Counts);
        Assert.Equal([1, 2, 3], plain.Numbers);
        byte[] three = [.. two, .. new Reading { First = new Row { Id = 9 } }.ToByteArray()];
        Assert.Equal(new PlainRow(9, "b", 2), Proto.Read<PlainReading>(three).First);
    }
}
