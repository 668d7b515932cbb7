using System.Buffers;

namespace Smpi;

/// <summary>Stops a body at the size that the peer takes. One per connection, used again for every message.</summary>
internal sealed class LimitedWriter : IBufferWriter<byte>
{
    private OutBuffer? _target;
    private int _limit;
    private long _size;

    public void Begin(OutBuffer target, int limit)
    {
        _target = target;
        _limit = limit;
        _size = 0;
    }

    public void End() => _target = null;

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        _size += count;
        if (_size > _limit) throw new MessageTooLargeException(_size, _limit);
        Target.Advance(count);
    }

    public Memory<byte> GetMemory(int sizeHint = 0) => Target.GetMemory(sizeHint);

    public Span<byte> GetSpan(int sizeHint = 0) => Target.GetSpan(sizeHint);

    private OutBuffer Target => _target ?? throw new InvalidOperationException("A body may be written only while WriteTo runs; do not keep the output.");
}
