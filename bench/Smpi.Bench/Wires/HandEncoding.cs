using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Smpi.Bench;

/// <summary>Codecs by hand, the cheapest there can be, and no generated ones: what is left of a call's cost is the channel's.</summary>
internal sealed class HandEncoding : IEncoding
{
    public string Name => "hand";

    public string ContentType => "application/octet-stream";

    public ICodec<T> For<T>() =>
        typeof(T) == typeof(Row) ? (ICodec<T>)(object)new RowCodec()
        : typeof(T) == typeof(Tick) ? (ICodec<T>)(object)new TickCodec()
        : typeof(T) == typeof(Rows) ? (ICodec<T>)(object)new RowsCodec()
        : typeof(T) == typeof(Both) ? (ICodec<T>)(object)new BothCodec()
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

    private sealed class TickCodec : ICodec<Tick>
    {
        public void Write(IBufferWriter<byte> output, Tick value)
        {
            BinaryPrimitives.WriteInt64LittleEndian(output.GetSpan(8), value.Number);
            output.Advance(8);
        }

        public Tick Read(in ReadOnlySequence<byte> body)
        {
            Span<byte> octets = stackalloc byte[8];
            body.CopyTo(octets);
            return new Tick(BinaryPrimitives.ReadInt64LittleEndian(octets));
        }
    }

    private sealed class RowsCodec : ICodec<Rows>
    {
        public void Write(IBufferWriter<byte> output, Rows value)
        {
            BinaryPrimitives.WriteInt32LittleEndian(output.GetSpan(4), value.Count);
            output.Advance(4);
        }

        public Rows Read(in ReadOnlySequence<byte> body)
        {
            Span<byte> octets = stackalloc byte[4];
            body.CopyTo(octets);
            return new Rows(BinaryPrimitives.ReadInt32LittleEndian(octets));
        }
    }

    private sealed class BothCodec : ICodec<Both>
    {
        public void Write(IBufferWriter<byte> output, Both value)
        {
        }

        public Both Read(in ReadOnlySequence<byte> body) => new();
    }
}
