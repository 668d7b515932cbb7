using System.Buffers;
using System.Diagnostics;

namespace Smpi.Bench;

/// <summary>The codec alone: what a unary call writes and reads, without a wire. An operation is the four codec calls of one unary call.</summary>
internal sealed class CodecRun(IEncoding encoding) : IRun
{
    private static readonly Dictionary<string, double> Octets = [];

    private readonly ICodec<Row> _codec = encoding.For<Row>();
    private readonly ArrayBufferWriter<byte> _buffer = new();

    /// <summary>The octets that reading one record allocates.</summary>
    public static double OctetsOf(string encoding)
    {
        if (Octets.TryGetValue(encoding, out double known)) return known;
        ICodec<Row> codec = Dimensions.Encodings[encoding]().For<Row>();
        var buffer = new ArrayBufferWriter<byte>();
        codec.Write(buffer, Row.Sample);
        var body = new ReadOnlySequence<byte>(buffer.WrittenMemory);
        const int Count = 20_000;
        for (int number = 0; number < Count; number++) codec.Read(body);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int number = 0; number < Count; number++) codec.Read(body);
        return Octets[encoding] = Math.Round((double)(GC.GetAllocatedBytesForCurrentThread() - before) / Count);
    }

    public Task<long> RunAsync(TimeSpan time, Latency latency) => Task.Run(() =>
    {
        long end = Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency);
        long count = 0;
        while (Stopwatch.GetTimestamp() < end)
        {
            for (int number = 0; number < 128; number++) Pass();
            count += 64;
        }

        return count;
    });

    public ValueTask DisposeAsync() => default;

    private void Pass()
    {
        _buffer.ResetWrittenCount();
        _codec.Write(_buffer, Row.Sample);
        _codec.Read(new ReadOnlySequence<byte>(_buffer.WrittenMemory));
    }
}
