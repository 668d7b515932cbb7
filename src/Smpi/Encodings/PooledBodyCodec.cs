using System.Buffers;

namespace Smpi;

/// <summary>Hands octets on: held where the other side of the codec can hold them, copied into rented memory otherwise.</summary>
internal sealed class PooledBodyCodec : ICodec<PooledBody>, ICodec
{
    public static readonly PooledBodyCodec Instance = new();

    public void Write(IBufferWriter<byte> output, PooledBody value)
    {
        ReadOnlySequence<byte> octets = value.Octets;
        if (output is not PartWriter parts)
        {
            foreach (ReadOnlyMemory<byte> piece in octets) output.Write(piece.Span);
            return;
        }

        for (BodySegment? segment = value.First; segment is not null; segment = segment.Next as BodySegment) parts.Hold(segment.Memory, segment.Array);
    }

    public PooledBody Read(in ReadOnlySequence<byte> body)
    {
        if (body.IsEmpty) return new PooledBody(null, null);
        if (body.Start.GetObject() is not BodySegment first)
        {
            PooledBody copy = PooledBody.Rent((int)body.Length, out Memory<byte> octets);
            body.CopyTo(octets.Span);
            return copy;
        }

        BodySegment? kept = null;
        BodySegment? last = null;
        for (BodySegment? segment = first; segment is not null; segment = segment.Next as BodySegment)
        {
            last = segment.Keep(last);
            kept ??= last;
        }

        return new PooledBody(kept, last);
    }

    public void WriteObject(IBufferWriter<byte> output, object? value) => Write(output, (PooledBody)value!);

    public object? ReadObject(in ReadOnlySequence<byte> body) => Read(in body);
}
