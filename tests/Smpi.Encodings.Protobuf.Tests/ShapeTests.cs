using System.Buffers;

namespace Smpi.Tests;

public sealed class ShapeTests
{
    public sealed record Pair(int Left, Pair? Right);

    public sealed record Other(string Text);

    public sealed record Third(string Text);

    private sealed class PairShape : ProtobufShape<Pair>
    {
        public override string? MemberOf(int number) => number switch { 1 => "left", 2 => "right", _ => null };

        public override void Write(ref ProtobufWriter writer, Pair value)
        {
            if (value.Left != 0) writer.WriteInt32(1, value.Left);
            if (value.Right is { } right) writer.WriteMessage(2, right, this);
        }

        public override Pair Read(ref ProtobufReader reader)
        {
            int left = 0;
            ProtobufField<Pair> right = default;
            while (reader.TryReadTag(out uint tag))
            {
                switch (tag)
                {
                    case 8: left = reader.ReadInt32(); break;
                    case 18: ReadField(ref reader, ref right); break;
                    default: reader.SkipUnknown(this); break;
                }
            }

            return new Pair(left, Finish(ref right));
        }
    }

    private sealed class OtherShape(int number) : ProtobufShape<Other>
    {
        public override void Write(ref ProtobufWriter writer, Other value) => writer.WriteString(number, value.Text);

        public override Other Read(ref ProtobufReader reader)
        {
            string text = "";
            while (reader.TryReadTag(out _))
            {
                if (reader.Number == number) text = reader.ReadString();
                else reader.Skip();
            }

            return new Other(text);
        }
    }

    private sealed class ThirdShape : ProtobufShape<Third>
    {
        public override void Write(ref ProtobufWriter writer, Third value) => writer.WriteString(7, value.Text);

        public override Third Read(ref ProtobufReader reader) => new("");
    }

    [Fact]
    public void A_shape_written_by_hand_needs_no_reflection()
    {
        var encoding = ProtobufEncoding.OfShapes(new ProtobufEncodingOptions { Shapes = [new PairShape(), ProtobufShapes.List<List<Pair>, Pair>(new PairShape())] });
        var value = new Pair(1, new Pair(0, new Pair(-1, null)));
        Assert.Equal(value, Proto.Back(value, encoding));
        Assert.Equal(Proto.Hex(value), Proto.Hex(value, encoding));
        Assert.Equal([value, value], Proto.Back<List<Pair>>([value, value], encoding));
        Assert.Contains("$[1].right.left", Proto.Refused<List<Pair>>("0a00 0a04 1202 0d01", encoding).Message, StringComparison.Ordinal);
        Assert.Contains("[SmpiRecord]", Assert.Throws<EncodingException>(() => encoding.For<Other>()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_registered_shape_stays_and_those_of_the_options_come_before_it()
    {
        ProtobufShapes.Register(new OtherShape(3));
        ProtobufShapes.Register(new OtherShape(4));
        Assert.Equal("1a0178", Proto.Hex(new Other("x")));
        Assert.Equal("1a0178", Proto.Hex(new Other("x"), ProtobufEncoding.OfShapes(new ProtobufEncodingOptions())));
        Assert.Equal("2a0178", Proto.Hex(new Other("x"), new ProtobufEncoding(new ProtobufEncodingOptions { Shapes = [new OtherShape(5)] })));
        Assert.Equal("0a0178", Proto.Hex(new Other("x"), ProtobufEncoding.OfReflection(new ProtobufEncodingOptions())));
        Assert.Equal("0a031a0178", Proto.Hex<Other[]>([new Other("x")]));
    }

    [Fact]
    public void A_shape_that_leaves_octets_unread_is_told_so() =>
        Assert.Contains("unread", Proto.Refused<Third>("3a0178", new ProtobufEncoding(new ProtobufEncodingOptions { Shapes = [new ThirdShape()] })).Message, StringComparison.Ordinal);

    [Fact]
    public void Numbers_of_every_kind_are_written_and_read_by_hand()
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new ProtobufWriter(output);
        writer.WriteSInt32(1, -1);
        writer.WriteSInt64(2, long.MinValue);
        writer.WriteFixed32(3, uint.MaxValue);
        writer.WriteFixed64(4, 1);
        writer.WriteBytes(100_000, [9]);
        writer.WriteTag(6, ProtobufWireType.Varint);
        writer.AppendVarint(300);
        int mark = writer.BeginMessage(7);
        writer.WriteBool(1, true);
        writer.EndMessage(mark);
        writer.Flush();

        var reader = new ProtobufReader(new ReadOnlySequence<byte>(output.WrittenMemory));
        Assert.Equal((1, -1), (Next(ref reader), reader.ReadSInt32()));
        Assert.Equal((2, long.MinValue), (Next(ref reader), reader.ReadSInt64()));
        Assert.Equal((3, uint.MaxValue), (Next(ref reader), reader.ReadFixed32()));
        Assert.Equal((4, 1ul), (Next(ref reader), reader.ReadFixed64()));
        Assert.Equal((100_000, 9), (Next(ref reader), reader.ReadBytes()[0]));
        Assert.Equal((6, 300ul), (Next(ref reader), reader.ReadUInt64()));
        Assert.Equal((7, 2), (Next(ref reader), reader.ReadBytes().Length));
        Assert.Equal(0, Next(ref reader));

        static int Next(ref ProtobufReader reader) => reader.TryReadTag(out uint tag) ? (int)(tag >> 3) : 0;
    }

    [Fact]
    public void The_extensions_register_and_use_the_encoding()
    {
        var builder = new Builder();
        builder.UseProtobuf(new ProtobufEncodingOptions { Lock = "Smpi.Tests.Point.X = 3" });
        var entry = Assert.IsType<EncodingEntry>(Assert.Single(builder.Entries));
        Assert.Equal(("protobuf", "Smpi.Encodings.Protobuf"), (entry.Name, entry.Package));
        IEncoding made = entry.Create();
        Assert.Equal(("protobuf", "application/protobuf"), (made.Name, made.ContentType));
        IEncoding used = Assert.Single(builder.Settings<ChannelParts>().Encodings);
        var output = new ArrayBufferWriter<byte>();
        used.For<Point>().Write(output, new Point(1, 2));
        Assert.Equal("18012002", Convert.ToHexStringLower(output.WrittenSpan));
    }

    private sealed class Builder : ISmpiBuilder
    {
        private readonly Dictionary<Type, object> _settings = [];

        public List<ProviderEntry> Entries { get; } = [];

        public void Register(ProviderEntry entry) => Entries.Add(entry);

        public T Settings<T>()
            where T : class, new()
        {
            if (!_settings.TryGetValue(typeof(T), out object? found)) _settings[typeof(T)] = found = new T();
            return (T)found;
        }
    }
}
