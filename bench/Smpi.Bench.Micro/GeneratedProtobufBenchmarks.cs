using System.Buffers;
using BenchmarkDotNet.Attributes;
using Google.Protobuf;
using Smpi.Bench.Micro.Generated;

namespace Smpi.Bench.Micro;

/// <summary>The yardstick: Google.Protobuf's generated code.</summary>
[MemoryDiagnoser]
public class GeneratedProtobufBenchmarks
{
    private readonly ArrayBufferWriter<byte> _output = new(64 * 1024);
    private readonly ProtoRow _row = new() { Id = 42, Name = "sixteen letters!", Value = 3.25 };
    private readonly ProtoTable _table = new();
    private ReadOnlySequence<byte> _rowBody;
    private ReadOnlySequence<byte> _tableBody;

    [GlobalSetup]
    public void Setup()
    {
        foreach (Row row in Samples.Table.Rows) _table.Rows.Add(new ProtoRow { Id = row.Id, Name = row.Name, Value = row.Value });
        _rowBody = new ReadOnlySequence<byte>(_row.ToByteArray());
        _tableBody = new ReadOnlySequence<byte>(_table.ToByteArray());
    }

    [Benchmark]
    public int WriteRow() => Write(_row);

    [Benchmark]
    public object ReadRow() => ProtoRow.Parser.ParseFrom(_rowBody);

    [Benchmark]
    public int WriteTable() => Write(_table);

    [Benchmark]
    public object ReadTable() => ProtoTable.Parser.ParseFrom(_tableBody);

    private int Write(IMessage message)
    {
        _output.ResetWrittenCount();
        message.WriteTo((IBufferWriter<byte>)_output);
        return _output.WrittenCount;
    }
}
