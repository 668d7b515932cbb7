using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Smpi.Generators.Json.Tests;

/// <summary>Numbers are written with the serializer's octets and read with its bits.</summary>
public sealed class NumberTests
{
    private readonly Random _random = new(20261121);

    [Fact]
    public void Doubles_of_every_kind_are_written_as_the_serializer_writes_them()
    {
        Span<byte> room = stackalloc byte[32];
        long quick = 0;
        foreach (double value in Doubles(1_500_000))
        {
            if (!ShortNumber.TryFormat(value, room, out int written)) continue;
            quick++;
            if (!room[..written].SequenceEqual(Serialized(value))) Assert.Fail($"{value:R} was written as {Encoding.ASCII.GetString(room[..written])}.");
        }

        Assert.InRange(quick, 200_000, 1_300_000);
    }

    [Fact]
    public void Doubles_and_floats_come_through_a_writer_and_a_reader_with_the_same_bits()
    {
        var output = new ArrayBufferWriter<byte>();
        foreach (double value in Doubles(400_000))
        {
            output.ResetWrittenCount();
            var writer = new JsonShapeWriter(output, 1);
            Assert.True(writer.TryWrite(value));
            writer.Flush();
            if (!output.WrittenSpan.SequenceEqual(Serialized(value))) Assert.Fail($"{value:R} was written as {Encoding.ASCII.GetString(output.WrittenSpan)}.");
            Same(output.WrittenSpan);
            float single = (float)value;
            if (!float.IsFinite(single)) continue;
            Assert.Equal(JsonSerializer.SerializeToUtf8Bytes(single), Written(output, single));
            Same(output.WrittenSpan);
        }
    }

    [Fact]
    public void Decimals_of_any_length_are_read_with_the_bits_of_the_serializer()
    {
        for (int round = 0; round < 400_000; round++)
        {
            var text = new StringBuilder();
            if (_random.Next(3) == 0) text.Append('-');
            text.Append(_random.Next(3) == 0 ? "0" : Digits(1 + _random.Next(_random.Next(4) == 0 ? 40 : 12)));
            if (_random.Next(2) == 0) text.Append('.').Append(Digits(1 + _random.Next(_random.Next(4) == 0 ? 40 : 12)));
            if (_random.Next(4) == 0) text.Append(_random.Next(2) == 0 ? 'e' : 'E').Append(_random.Next(-330, 320).ToString(CultureInfo.InvariantCulture));
            Same(Encoding.ASCII.GetBytes(text.ToString()));
        }
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(double.Epsilon)]
    [InlineData(double.MaxValue)]
    [InlineData(double.MinValue)]
    [InlineData(2.2250738585072009e-308)]
    [InlineData(0.0001)]
    [InlineData(0.00001)]
    [InlineData(0.1 + 0.2)]
    [InlineData(99999999999.9999)]
    [InlineData(100000000000.0001)]
    [InlineData(999999999999999.0)]
    [InlineData(1000000000000000.0)]
    [InlineData(9007199254740993.0)]
    [InlineData(1e22)]
    [InlineData(1e23)]
    [InlineData(-1.0001)]
    [InlineData(1.00005)]
    public void Doubles_at_the_borders(double value)
    {
        Assert.Equal(Serialized(value), Written(new ArrayBufferWriter<byte>(), value));
        Assert.Equal(Serialized(-value), Written(new ArrayBufferWriter<byte>(), -value));
        Same(Serialized(-value));
        Same(Serialized(value));
    }

    private static byte[] Serialized(double value) => JsonSerializer.SerializeToUtf8Bytes(value);

    private static byte[] Written(ArrayBufferWriter<byte> output, object value)
    {
        output.ResetWrittenCount();
        var writer = new JsonShapeWriter(output, 1);
        Assert.True(value is float single ? writer.TryWrite(single) : writer.TryWrite((double)value));
        writer.Flush();
        return output.WrittenSpan.ToArray();
    }

    // What is taken has the bits that the serializer reads; what it refuses is refused.
    private static void Same(ReadOnlySpan<byte> number)
    {
        var token = new Utf8JsonReader(number);
        Assert.True(token.Read());
        double wide = token.GetDouble();
        var reader = new JsonShapeReader(number, 1);
        bool isRead = reader.TryRead(out double value) && reader.IsAtEnd;
        if (isRead != double.IsFinite(wide) || (isRead && BitConverter.DoubleToInt64Bits(wide) != BitConverter.DoubleToInt64Bits(value)))
            Assert.Fail($"{Encoding.ASCII.GetString(number)} was read as {value:R}.");
        float narrow = token.GetSingle();
        reader = new JsonShapeReader(number, 1);
        isRead = reader.TryRead(out float single) && reader.IsAtEnd;
        if (isRead != float.IsFinite(narrow) || (isRead && BitConverter.SingleToInt32Bits(narrow) != BitConverter.SingleToInt32Bits(single)))
            Assert.Fail($"{Encoding.ASCII.GetString(number)} was read as the float {single:R}.");
    }

    private IEnumerable<double> Doubles(int count)
    {
        for (int round = 0; round < count; round++) yield return Values.Double(_random);
        for (int round = 0; round < count; round++) yield return Values.Bits(_random);
        for (int places = -6; places < 18; places++)
        {
            for (int round = 0; round < 5000; round++)
            {
                double near = Math.Round(_random.NextDouble() * Math.Pow(10, places), Math.Clamp(4 - places, 0, 15));
                yield return near;
                yield return -near;
                yield return Math.BitIncrement(near);
                yield return Math.BitDecrement(near);
            }
        }
    }

    private string Digits(int count)
    {
        var text = new StringBuilder(count).Append((char)('1' + _random.Next(9)));
        while (text.Length < count) text.Append((char)('0' + _random.Next(10)));
        return text.ToString();
    }
}
