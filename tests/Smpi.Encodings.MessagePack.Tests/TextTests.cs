using System.Buffers;
using System.Text;

namespace Smpi.Tests;

/// <summary>Text of every length around those where its form or the way to copy it changes.</summary>
public sealed class TextTests
{
    private static readonly int[] Lengths = [.. Enumerable.Range(0, 42), 63, 64, 65, 127, 128, 129, 253, 254, 255, 256, 257, 1000, 65_535, 65_536];

    [Fact]
    public void ASCII_is_written_and_read_at_every_length() => Assert.All(Lengths, static length => Same(Ascii(length)));

    [Theory]
    [InlineData("\u0080")]
    [InlineData("é")]
    [InlineData("ÿ")]
    [InlineData("Ā")]
    [InlineData("世")]
    [InlineData("\uffff")]
    [InlineData("\u4100")]
    [InlineData("🌍")]
    public void One_other_character_is_kept_wherever_it_stands(string other)
    {
        foreach (int length in Lengths.Where(static length => length < 1000))
        {
            string text = Ascii(length);
            int step = length < 42 ? 1 : 7;
            for (int at = 0; at <= length; at += step) Same(text.Insert(at, other));
            Same(text + other);
        }
    }

    [Fact]
    public void Text_without_ASCII_has_the_head_of_its_octets()
    {
        foreach (int length in Lengths.Where(static length => length < 1000))
        {
            Same(new string('ß', length));
            Same(new string('世', length));
        }
    }

    [Theory]
    [InlineData('\ud800')]
    [InlineData('\udbff')]
    [InlineData('\udc00')]
    [InlineData('\udfff')]
    public void A_lone_surrogate_is_refused_and_its_place_named(char surrogate)
    {
        foreach (int length in Lengths.Where(static length => length < 300))
        {
            string text = Ascii(length);
            for (int at = 0; at <= length; at += length < 42 ? 1 : 13)
            {
                string bad = text.Insert(at, surrogate.ToString());
                EncodingException error = Assert.Throws<EncodingException>(() => Pack.Write(bad));
                Assert.Contains($"lone surrogate at {at};", error.Message, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData("ff")]
    [InlineData("80")]
    [InlineData("c3")]
    [InlineData("c080")]
    [InlineData("eda080")]
    [InlineData("f4908080")]
    public void Bad_octets_are_refused_wherever_they_stand(string hex)
    {
        byte[] bad = Pack.Bytes(hex);
        foreach (int length in Lengths.Where(static length => length < 300))
        {
            byte[] text = Encoding.ASCII.GetBytes(Ascii(length));
            for (int at = 0; at <= length; at += length < 42 ? 1 : 13)
            {
                byte[] octets = [.. text[..at], .. bad, .. text[at..]];
                byte[] body = [.. Head(octets.Length), .. octets];
                Assert.Contains("UTF-8", Assert.Throws<EncodingException>(() => Pack.Read<string>(body)).Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Text_cut_anywhere_is_refused()
    {
        foreach (int length in Lengths.Where(static length => length is > 0 and < 300))
        {
            byte[] body = Pack.Write(Ascii(length));
            for (int cut = 0; cut < body.Length; cut++) Assert.Throws<EncodingException>(() => Pack.Read<string>(body.AsSpan(0, cut)));
        }
    }

    [Fact]
    public void Text_is_the_same_however_little_room_an_output_gives()
    {
        string[] texts = [.. Lengths.Where(static length => length < 1000).SelectMany(static length => new[] { Ascii(length), Ascii(length) + "é", new string('世', length) })];
        var tight = new TightOutput();
        Pack.Maps.For<string[]>().Write(tight, texts);
        Assert.Equal(Pack.Write(texts), tight.Written);
        Assert.Equal(texts, Pack.Read<string[]>([.. tight.Written]));
    }

    [Fact]
    public void An_output_that_gives_less_than_asked_for_is_named()
    {
        EncodingException error = Assert.Throws<EncodingException>(() => Pack.Maps.For<string>().Write(new TightOutput { Most = 8 }, Ascii(40)));
        Assert.Contains(nameof(TightOutput), error.Message, StringComparison.Ordinal);
    }

    private static string Ascii(int length) => string.Create(length, 0, static (signs, _) =>
    {
        for (int i = 0; i < signs.Length; i++) signs[i] = (char)(i * 7 % 128);
    });

    private static void Same(string text)
    {
        byte[] octets = Encoding.UTF8.GetBytes(text);
        byte[] body = [.. Head(octets.Length), .. octets];
        Assert.Equal(body, Pack.Write(text));
        Assert.Equal(text, Pack.Read<string>(body));
    }

    private static byte[] Head(int length) => length switch
    {
        < 32 => [(byte)(0xa0 | length)],
        < 256 => [0xd9, (byte)length],
        < 65_536 => [0xda, (byte)(length >> 8), (byte)length],
        _ => [0xdb, (byte)(length >> 24), (byte)(length >> 16), (byte)(length >> 8), (byte)length],
    };

    /// <summary>Gives exactly what is asked for.</summary>
    private sealed class TightOutput : IBufferWriter<byte>
    {
        private byte[] _given = [];

        public int Most { get; init; } = int.MaxValue;

        public List<byte> Written { get; } = [];

        public void Advance(int count) => Written.AddRange(_given.AsSpan(0, count));

        public Memory<byte> GetMemory(int sizeHint = 0) => _given = new byte[Math.Min(sizeHint, Most)];

        public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;
    }
}
