using System.Buffers;
using BenchmarkDotNet.Attributes;

namespace Smpi.Bench.Micro;

/// <summary>The encodings: write and read one value.</summary>
/// <typeparam name="T">The record.</typeparam>
[MemoryDiagnoser]
[GenericTypeArguments(typeof(Row))]
[GenericTypeArguments(typeof(Table))]
public class CodecBenchmarks<T>
{
    private readonly ArrayBufferWriter<byte> _output = new(64 * 1024);
    private readonly T _value = (T)(object)(typeof(T) == typeof(Row) ? Samples.Row : Samples.Table);
    private ICodec<T> _codec = null!;
    private ReadOnlySequence<byte> _body;

    /// <summary>The encodings to measure: a new one is one line in <see cref="Encodings"/>.</summary>
    [ParamsSource(nameof(Names))]
    public string Encoding { get; set; } = "";

    public static IEnumerable<string> Names => Encodings.All.Keys;

    [GlobalSetup]
    public void Setup()
    {
        _codec = Encodings.All[Encoding]().For<T>();
        var buffer = new ArrayBufferWriter<byte>();
        _codec.Write(buffer, _value);
        _body = new ReadOnlySequence<byte>(buffer.WrittenMemory);
    }

    [Benchmark]
    public int Write()
    {
        _output.ResetWrittenCount();
        _codec.Write(_output, _value);
        return _output.WrittenCount;
    }

    [Benchmark]
    public T Read() => _codec.Read(_body);
}
