using System.Buffers;

namespace Smpi;

/// <summary>Writes nothing and takes anything: a peer may answer with a value nobody wants.</summary>
internal sealed class EmptyCodec : ICodec<Empty>, ICodec
{
    public static readonly EmptyCodec Instance = new();

    public void Write(IBufferWriter<byte> output, Empty value)
    {
    }

    public Empty Read(in ReadOnlySequence<byte> body) => default;

    public void WriteObject(IBufferWriter<byte> output, object? value)
    {
    }

    public object? ReadObject(in ReadOnlySequence<byte> body) => default(Empty);
}
