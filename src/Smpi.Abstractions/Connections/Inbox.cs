using System.Buffers;

namespace Smpi;

/// <summary>The receiving half of a connection over bytes: a rented buffer that keeps a split message together and is given back while the connection is quiet.</summary>
internal sealed class Inbox(IByteTransport transport, TimeProvider time) : IReceiveBuffer
{
    private const int Size = 64 * 1024;
    private const int LargeSize = 256 * 1024;
    private static readonly TimeSpan QuietAfter = TimeSpan.FromSeconds(1);

    private SharedArray? _block;
    private byte[] _buffer = [];
    private int _start;
    private int _end;
    private bool _quiet = true;

    public long LastReceived { get; private set; }

    /// <summary>Whether the peer is silent, so that the connection should hold no memory.</summary>
    public bool IsQuiet => _quiet;

    public bool IsEmpty => _start == _end;

    public ReadOnlySequence<byte> Unread => new(_buffer, _start, _end - _start);

    public void Consume(long rest) => _start = _end - (int)rest;

    /// <summary>Receives more octets behind those not consumed; false at the end of input.</summary>
    public ValueTask<bool> ReceiveAsync(long missing, CancellationToken ct)
    {
        if (_quiet && IsEmpty) return WaitAsync(missing, ct);
        MakeRoom(missing);
        ValueTask<int> receive = transport.ReceiveAsync(_buffer.AsMemory(_end), ct);
        return receive.IsCompletedSuccessfully ? new ValueTask<bool>(Received(receive.Result)) : FinishAsync(receive);
    }

    public SharedArray Keep() => _block!.Keep();

    public void Release()
    {
        _block?.Dispose();
        _block = null;
        _buffer = [];
        _start = _end = 0;
    }

    [System.Runtime.CompilerServices.AsyncMethodBuilder(typeof(System.Runtime.CompilerServices.PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> FinishAsync(ValueTask<int> receive)
    {
        long since = time.GetTimestamp();
        int count = await receive.ConfigureAwait(false);
        _quiet = time.GetElapsedTime(since) >= QuietAfter;
        return Received(count);
    }

    [System.Runtime.CompilerServices.AsyncMethodBuilder(typeof(System.Runtime.CompilerServices.PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> WaitAsync(long missing, CancellationToken ct)
    {
        Release();
        long since = time.GetTimestamp();
        await transport.ReceiveAsync(Memory<byte>.Empty, ct).ConfigureAwait(false);
        MakeRoom(missing);
        int count = await transport.ReceiveAsync(_buffer.AsMemory(_end), ct).ConfigureAwait(false);
        _quiet = time.GetElapsedTime(since) >= QuietAfter;
        return Received(count);
    }

    private bool Received(int count)
    {
        _end += count;
        LastReceived = time.GetTimestamp();
        return count > 0;
    }

    private void MakeRoom(long missing)
    {
        int unread = _end - _start;
        bool shared = _block is { IsShared: true };
        if (unread == 0 && !shared) _start = _end = 0;
        int free = _buffer.Length - _end;
        if (free >= Math.Max(missing, 1) && free >= _buffer.Length / 4 && _buffer.Length > 0) return;

        // A peer that announces much and sends nothing gets no more than twice what it sent. Where bodies are kept, large ones come.
        long wanted = Math.Max(shared ? LargeSize : Size, Math.Min(unread + missing, 2L * unread));
        if (unread >= _buffer.Length) wanted = Math.Max(wanted, 2L * unread);
        if (wanted > _buffer.Length || shared) Move(SharedArray.Rent((int)Math.Min(wanted, Array.MaxLength)), unread);
        else Buffer.BlockCopy(_buffer, _start, _buffer, 0, unread);
        _start = 0;
        _end = unread;
    }

    private void Move(SharedArray target, int unread)
    {
        Buffer.BlockCopy(_buffer, _start, target.Array, 0, unread);
        _block?.Dispose();
        _block = target;
        _buffer = target.Array;
    }
}
