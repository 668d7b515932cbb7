using System.Buffers;
using BenchmarkDotNet.Attributes;

namespace Smpi.Bench.Micro;

/// <summary>The wire formats: write and read one small request. A new format is one line.</summary>
[MemoryDiagnoser]
public class FormatBenchmarks
{
    private const int Batch = 16;

    private static readonly Dictionary<string, Func<IWireFormat>> All = new()
    {
        ["native"] = () => new NativeFormat(),
    };

    private readonly OutBuffer _output = new();
    private readonly SmallBody _body = new();
    private readonly Message _request = new() { Kind = MessageKind.Request, Id = new MessageId(7), Subject = "row" };
    private IMessageWriter _writer = null!;
    private IMessageReader _reader = null!;
    private ReadOnlySequence<byte> _octets;

    public static IEnumerable<string> Names => All.Keys;

    [ParamsSource(nameof(Names))]
    public string Format { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        _writer = All[Format]().CreateWriter(SmpiLimits.Default);
        IMessageWriter other = All[Format]().CreateWriter(SmpiLimits.Default);
        _reader = All[Format]().CreateReader(SmpiLimits.Default);

        // The first message names its subject, the later ones number it: what is read over and over is a later one.
        var first = new OutBuffer();
        other.Write(_request, _body, first);
        ReadOnlySequence<byte> start = new(first.Slice(0, first.Length).ToArray());
        Drain(ref start);
        var later = new OutBuffer();
        for (int number = 0; number < Batch; number++) other.Write(_request, _body, later);
        _octets = new ReadOnlySequence<byte>(later.Slice(0, later.Length).ToArray());
    }

    [Benchmark(OperationsPerInvoke = Batch)]
    public long Write()
    {
        _output.Clear();
        for (int number = 0; number < Batch; number++) _writer.Write(_request, _body, _output);
        return _output.Length;
    }

    [Benchmark(OperationsPerInvoke = Batch)]
    public int Read()
    {
        ReadOnlySequence<byte> buffer = _octets;
        return Drain(ref buffer);
    }

    private int Drain(ref ReadOnlySequence<byte> buffer)
    {
        int count = 0;
        while (!buffer.IsEmpty && _reader.TryRead(ref buffer, out _, out _) == ReadStatus.Message) count++;
        _reader.EndLoan();
        return count;
    }

    private sealed class SmallBody : IMessageBody
    {
        private readonly byte[] _octets = new byte[28];

        public void WriteTo(IBufferWriter<byte> output) => output.Write(_octets);
    }
}
