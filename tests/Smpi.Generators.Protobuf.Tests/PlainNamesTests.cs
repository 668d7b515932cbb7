using System.Buffers;
using Smpi;

[assembly: SmpiRecord(typeof(Table))]
[assembly: SmpiRecord(typeof(Register))]

namespace Smpi.Tests;

/// <summary>The names of generated members are not in the way of records.</summary>
public sealed class PlainNamesTests
{
    [Fact]
    public void Records_without_a_namespace_may_have_any_name()
    {
        ICodec<Table> codec = ProtobufEncoding.OfShapes(new ProtobufEncodingOptions()).For<Table>();
        var output = new ArrayBufferWriter<byte>();
        codec.Write(output, new Table(4, [new Register("Ada")]));
        Table read = codec.Read(new ReadOnlySequence<byte>(output.WrittenMemory));
        Assert.Equal(4, read.Id);
        Assert.Equal(new Register("Ada"), Assert.Single(read.Guests));
    }
}
