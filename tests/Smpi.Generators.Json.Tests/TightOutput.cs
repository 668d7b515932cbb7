using System.Buffers;

namespace Smpi.Generators.Json.Tests;

/// <summary>An output that gives exactly the room that is asked for, or more of it, and new memory every time.</summary>
/// <param name="mode">0: 64 KiB at once; 1: what is asked for.</param>
internal sealed class TightOutput(int mode) : IBufferWriter<byte>
{
    private readonly List<byte> _octets = [];
    private byte[] _room = [];

    public byte[] Octets => [.. _octets];

    public void Advance(int count)
    {
        _octets.AddRange(_room.AsSpan(0, count));
        _room = [];
    }

    public Memory<byte> GetMemory(int sizeHint = 0) => _room = new byte[mode == 0 ? Math.Max(sizeHint, 65536) : Math.Max(sizeHint, 1)];

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;
}
