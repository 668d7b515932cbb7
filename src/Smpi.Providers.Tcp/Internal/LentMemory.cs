using System.Buffers;

namespace Smpi;

/// <summary>The memory of a receive. The framework's socket keeps what a receive was given until the next one ends, even if it was cancelled; this can be taken back.</summary>
internal sealed class LentMemory : MemoryManager<byte>
{
    private ArraySegment<byte> _octets;

    /// <summary>Lends other octets; only while no receive is under way.</summary>
    public Memory<byte> Lend(ArraySegment<byte> octets)
    {
        _octets = octets;
        return CreateMemory(octets.Count);
    }

    public void TakeBack() => _octets = default;

    public override Span<byte> GetSpan() => _octets;

    public override MemoryHandle Pin(int elementIndex = 0) => _octets.AsMemory(elementIndex).Pin();

    public override void Unpin()
    {
        // The handle that Pin returns does it.
    }

    protected override void Dispose(bool disposing)
    {
    }
}
