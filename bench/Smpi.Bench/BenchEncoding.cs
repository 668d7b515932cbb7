using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Smpi.Bench;

/// <summary>An encoding by hand, so that the codec does not hide what the channel costs.</summary>
internal sealed class BenchEncoding : IEncoding
{
    public string Name => "bench";

    public string ContentType => "application/octet-stream";

    public ICodec<T> For<T>() =>
        typeof(T) == typeof(Row) ? (ICodec<T>)(object)new RowCodec()
        : typeof(T) == typeof(Usage) ? (ICodec<T>)(object)new UsageCodec()
        : typeof(T) == typeof(int) ? (ICodec<T>)(object)new NumberCodec()
        : throw new EncodingException($"The benchmark has no codec for {typeof(T).Name}.");

    public ICodec For(Type type) => throw new EncodingException($"The benchmark has no codec for {type.Name} at run time.");

    private sealed class RowCodec : ICodec<Row>
    {
        public void Write(IBufferWriter<byte> output, Row value)
        {
            Span<byte> span = output.GetSpan(16 + (value.Name.Length * 3));
            BinaryPrimitives.WriteInt32LittleEndian(span, value.Id);
            BinaryPrimitives.WriteDoubleLittleEndian(span[4..], value.Value);
            output.Advance(12 + Encoding.UTF8.GetBytes(value.Name, span[12..]));
        }

        public Row Read(in ReadOnlySequence<byte> body)
        {
            ReadOnlySpan<byte> span = body.IsSingleSegment ? body.FirstSpan : body.ToArray();
            return new Row(BinaryPrimitives.ReadInt32LittleEndian(span), Encoding.UTF8.GetString(span[12..]), BinaryPrimitives.ReadDoubleLittleEndian(span[4..]));
        }
    }

    private sealed class UsageCodec : ICodec<Usage>
    {
        public void Write(IBufferWriter<byte> output, Usage value)
        {
            Span<byte> span = output.GetSpan(16);
            BinaryPrimitives.WriteInt64LittleEndian(span, value.Allocated);
            BinaryPrimitives.WriteDoubleLittleEndian(span[8..], value.CpuSeconds);
            output.Advance(16);
        }

        public Usage Read(in ReadOnlySequence<byte> body)
        {
            byte[] span = body.ToArray();
            return new Usage(BinaryPrimitives.ReadInt64LittleEndian(span), BinaryPrimitives.ReadDoubleLittleEndian(span.AsSpan(8)));
        }
    }

    private sealed class NumberCodec : ICodec<int>
    {
        public void Write(IBufferWriter<byte> output, int value)
        {
            BinaryPrimitives.WriteInt32LittleEndian(output.GetSpan(4), value);
            output.Advance(4);
        }

        public int Read(in ReadOnlySequence<byte> body) => BinaryPrimitives.ReadInt32LittleEndian(body.ToArray());
    }
}
