using System.Buffers;

namespace Smpi.Tests;

/// <summary>Shapes that were written by hand, as a generator would.</summary>
public sealed class ShapeTests
{
    [Fact]
    public void A_given_shape_is_used_without_reflection()
    {
        var encoding = new MessagePackEncoding(new PointShape());
        Assert.Equal("920102", Pack.Hex(new Point(1, 2), encoding));
        Assert.Equal(new Point(1, 2), Pack.ReadHex<Point>("920102", encoding));
        Assert.Equal("a161", Pack.Hex("a", encoding));
        Assert.Contains("MessagePackShape<Node>", Assert.Throws<EncodingException>(() => encoding.For<Node>()).Message, StringComparison.Ordinal);
        Assert.Throws<EncodingException>(() => encoding.For(typeof(List<Point>)));
    }

    [Fact]
    public void A_given_shape_comes_before_reflection_and_serves_members()
    {
        var encoding = new MessagePackEncoding(new MessagePackEncodingOptions { Shapes = [new PointShape()] });
        Assert.Equal("91920102", Pack.Hex(new List<Point> { new(1, 2) }, encoding));
        Pack.Same(Samples.Full, Pack.Read<Everything>(Pack.Write(Samples.Full, encoding), encoding));
    }

    [Fact]
    public void What_a_shape_refuses_names_the_path()
    {
        var encoding = new MessagePackEncoding(new MessagePackEncodingOptions { Shapes = [new PointShape()] });
        EncodingException error = Pack.Refused<List<Point>>("92 920102 93010203", encoding);
        Assert.Contains("'$[1]'", error.Message, StringComparison.Ordinal);
        Assert.Contains("A point is [x, y].", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_extensions_register_and_use_the_encoding()
    {
        var builder = new Builder();
        builder.UseMessagePack(new MessagePackEncodingOptions { AsArrays = true });
        var entry = Assert.IsType<EncodingEntry>(Assert.Single(builder.Entries));
        Assert.Equal(("msgpack", "Smpi.Encodings.MessagePack"), (entry.Name, entry.Package));
        IEncoding made = entry.Create();
        Assert.Equal(("msgpack", "application/msgpack"), (made.Name, made.ContentType));
        IEncoding used = Assert.Single(builder.Settings<ChannelParts>().Encodings);
        var output = new ArrayBufferWriter<byte>();
        used.For<Point>().Write(output, new Point(1, 2));
        Assert.Equal("920102", Convert.ToHexStringLower(output.WrittenSpan));
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

    private sealed class PointShape : MessagePackShape<Point>
    {
        public override void Write(ref MessagePackWriter writer, Point value)
        {
            writer.WriteArrayHeader(2);
            writer.Write((long)value.X);
            writer.Write((long)value.Y);
            writer.End();
        }

        public override Point Read(ref MessagePackReader reader)
        {
            if (reader.ReadArrayHeader() != 2) throw new EncodingException("A point is [x, y].");
            var point = new Point(reader.ReadInt32(), reader.ReadInt32());
            reader.End();
            return point;
        }
    }
}
