#pragma warning disable CA1050 // That they are in no namespace is what is tested.
using System.Buffers;
using Smpi;

[assembly: SmpiRecord(typeof(Table))]
[assembly: SmpiRecord(typeof(Register))]

/// <summary>In no namespace, and named like what may be generated.</summary>
public sealed record Table(int Id, Register[] Guests)
{
    /// <summary>The same table after it went through an encoding.</summary>
    public static Table Through(IEncoding encoding, Table table)
    {
        ICodec<Table> codec = encoding.For<Table>();
        var output = new ArrayBufferWriter<byte>();
        codec.Write(output, table);
        return codec.Read(new ReadOnlySequence<byte>(output.WrittenMemory));
    }
}

/// <summary>The same.</summary>
public sealed record Register(string Name);
