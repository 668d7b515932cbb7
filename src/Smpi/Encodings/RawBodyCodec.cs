using System.Buffers;

namespace Smpi;

/// <summary>Copies octets.</summary>
internal sealed class RawBodyCodec : ICodec<RawBody>, ICodec
{
    public static readonly RawBodyCodec Instance = new();

    public void Write(IBufferWriter<byte> output, RawBody value) => output.Write(value.Octets.Span);

    public RawBody Read(in ReadOnlySequence<byte> body)
    {
        byte[] octets = GC.AllocateUninitializedArray<byte>(checked((int)body.Length));
        body.CopyTo(octets);
        return new RawBody(octets);
    }

    public void WriteObject(IBufferWriter<byte> output, object? value) => Write(output, (RawBody)value!);

    public object? ReadObject(in ReadOnlySequence<byte> body) => Read(in body);
}
