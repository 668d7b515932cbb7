using System.Buffers;

namespace Smpi;

/// <summary>A body that was encoded before, for many peers. It serves the next event when the last of those who hold it lets go.</summary>
internal abstract class EncodedBody : IMessageBody, IValueBody, IBufferWriter<byte>
{
    private const int FirstSize = 256;

    private byte[] _octets = [];
    private int _holders;

    public abstract object? Value { get; }

    public int Length { get; private set; }

    public void Hold() => Interlocked.Increment(ref _holders);

    public void Release()
    {
        if (Interlocked.Decrement(ref _holders) != 0) return;
        if (_octets.Length > 0) ArrayPool<byte>.Shared.Return(_octets);
        _octets = [];
        Length = 0;
        Forget();
    }

    public void WriteTo(IBufferWriter<byte> output) => output.Write(_octets.AsSpan(0, Length));

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)(_octets.Length - Length), nameof(count));
        Length += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0) => Room(sizeHint).AsMemory(Length);

    public Span<byte> GetSpan(int sizeHint = 0) => Room(sizeHint).AsSpan(Length);

    /// <summary>Begins a use, with one holder.</summary>
    protected void Begin() => _holders = 1;

    /// <summary>Forgets the value and goes back to where it came from.</summary>
    protected abstract void Forget();

    private byte[] Room(int sizeHint)
    {
        long needed = Length + (long)Math.Max(sizeHint, 1);
        if (needed <= _octets.Length) return _octets;
        byte[] larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(Array.MaxLength, Math.Max(needed, Math.Max(FirstSize, 2L * _octets.Length))));
        _octets.AsSpan(0, Length).CopyTo(larger);
        if (_octets.Length > 0) ArrayPool<byte>.Shared.Return(_octets);
        return _octets = larger;
    }
}
