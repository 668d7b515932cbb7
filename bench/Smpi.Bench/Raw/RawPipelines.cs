using System.Buffers;
using System.IO.Pipelines;

namespace Smpi.Bench;

/// <summary>Messages over System.IO.Pipelines.</summary>
internal static class RawPipelines
{
    /// <summary>Counts the whole messages, and copies them to the writer if there is one.</summary>
    public static (long Octets, int Count) CopyWhole(ReadOnlySequence<byte> buffer, PipeWriter? writer)
    {
        var reader = new SequenceReader<byte>(buffer);
        long whole = 0;
        int count = 0;
        while (reader.TryReadLittleEndian(out int length) && reader.Remaining >= length)
        {
            reader.Advance(length);
            whole = reader.Consumed;
            count++;
        }

        if (writer is null) return (whole, count);
        foreach (ReadOnlyMemory<byte> segment in buffer.Slice(0, whole)) writer.Write(segment.Span);
        return (whole, count);
    }
}
