using System.Buffers;

namespace Smpi;

/// <summary>A request that no handler takes, while its refusal waits for room to be sent.</summary>
internal sealed class InboundRefusal(Fault fault) : InboundCall
{
    public override object? Value => null;

    public override void Run() => Reply(fault);

    public override void WriteTo(IBufferWriter<byte> output)
    {
    }
}
