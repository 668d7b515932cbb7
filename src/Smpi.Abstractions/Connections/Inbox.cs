using System.Buffers;

namespace Smpi;

/// <summary>The receiving half of a connection over bytes: a rented buffer that keeps a split message together, grows with what comes, and is given back while the connection is quiet.</summary>
internal sealed class Inbox(IByteTransport transport, TimeProvider time) : IReceiveBuffer
{
    private const int FirstSize = 4 * 1024;
    private const int FullSize = 64 * 1024;
    private const int LargeSize = 256 * 1024;

    /// <summary>How many receives soon after each other make a connection busy: more than a burst of events or calls now and then.</summary>
    private const int Calm = 64;

    private SharedArray? _block;
    private byte[] _buffer = [];
    private int _size = FirstSize;
    private int _start;
    private int _end;
    private int _quick;
    private bool _quiet = true;

    // Whether a receive may have been taken back.
    private bool _recalled;

    public long LastReceived { get; private set; }

    /// <summary>Whether the peer is silent, so that the connection should hold no memory.</summary>
    public bool IsQuiet => _quiet;

    public bool IsEmpty => _start == _end;

    public ReadOnlySequence<byte> Unread => new(_buffer, _start, _end - _start);

    /// <summary>Octets not consumed, looked at by another thread than the reader: while a receive is under way they only become
    /// more.</summary>
    public int Waiting => Math.Max(0, Volatile.Read(ref _end) - Volatile.Read(ref _start));

    /// <summary>Changes whenever something was consumed.</summary>
    public long Consumed { get; private set; }

    public void Consume(long rest)
    {
        int start = _end - (int)rest;
        Consumed += start - _start;
        _start = start;
    }

    /// <summary>Receives more octets behind those not consumed; false at the end of input.</summary>
    public ValueTask<bool> ReceiveAsync(long missing, CancellationToken ct)
    {
        if (_quiet && IsEmpty) return WaitAsync(missing, ct);
        MakeRoom(missing);
        ValueTask<int> receive = transport.ReceiveAsync(_buffer.AsMemory(_end), ct);

        // Completed, so the result is there: nothing waits.
        return receive.IsCompletedSuccessfully ? new ValueTask<bool>(Received(receive.Result)) : FinishAsync(receive, missing, ct);
    }

    public SharedArray Keep() => _block!.Keep();

    /// <summary>Takes back a receive that waits, and with it its buffer; from any thread.</summary>
    public void Rest()
    {
        if (transport is not IRestingTransport resting) return;
        Volatile.Write(ref _recalled, true);
        resting.Rest();
    }

    public void Release()
    {
        _size = FirstSize;
        _block?.GiveBack();
        _block = null;
        _buffer = [];
        _start = _end = 0;
    }

    [System.Runtime.CompilerServices.AsyncMethodBuilder(typeof(System.Runtime.CompilerServices.PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> FinishAsync(ValueTask<int> receive, long missing, CancellationToken ct)
    {
        long since = time.GetTimestamp();
        int count;
        try
        {
            count = await receive.ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (WasRecalled())
        {
            return await WaitAsync(missing, ct).ConfigureAwait(false);
        }

        Judge(since);
        return Received(count);
    }

    [System.Runtime.CompilerServices.AsyncMethodBuilder(typeof(System.Runtime.CompilerServices.PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> WaitAsync(long missing, CancellationToken ct)
    {
        if (IsEmpty) Release();
        if (!_quiet) (_quiet, _quick) = (true, 0);
        long since = time.GetTimestamp();
        int count;
        while (true)
        {
            try
            {
                if (IsEmpty)
                {
                    // A wait that ends for nothing must not leave a buffer waiting in its place.
                    do await transport.ReceiveAsync(Memory<byte>.Empty, ct).ConfigureAwait(false);
                    while (transport is IRestingTransport { IsReady: false });
                }

                MakeRoom(missing);
                count = await transport.ReceiveAsync(_buffer.AsMemory(_end), ct).ConfigureAwait(false);
                break;
            }
            catch (OperationCanceledException) when (WasRecalled())
            {
                // The recall came when its receive had ended already: this one was not meant.
            }
        }

        Judge(since);
        return Received(count);
    }

    // Receives soon after each other may be a heartbeat, a call or a burst, and worth no buffer that waits for more.
    private void Judge(long since)
    {
        if (time.GetElapsedTime(since) >= RestWatch.After) (_quiet, _quick) = (true, 0);
        else if (_quiet) _quiet = ++_quick < Calm;
    }

    private bool WasRecalled()
    {
        bool was = Volatile.Read(ref _recalled);
        Volatile.Write(ref _recalled, false);
        return was;
    }

    private bool Received(int count)
    {
        // A receive that fills its room says that more comes than that.
        if (count == _buffer.Length - _end) _size = Math.Min(_size * 4, FullSize);
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
        if (free >= Math.Max(missing, 1) && free >= _buffer.Length / 4 && _buffer.Length >= _size) return;

        // A peer that announces much and sends nothing gets no more than twice what it sent. Where bodies are kept, large ones come.
        long wanted = Math.Max(shared ? LargeSize : _size, Math.Min(unread + missing, 2L * unread));
        if (unread >= _buffer.Length) wanted = Math.Max(wanted, 2L * unread);
        if (wanted > _buffer.Length || shared) Move(SharedArray.Rent((int)Math.Min(wanted, Array.MaxLength)), unread);
        else Buffer.BlockCopy(_buffer, _start, _buffer, 0, unread);
        _start = 0;
        _end = unread;
    }

    private void Move(SharedArray target, int unread)
    {
        Buffer.BlockCopy(_buffer, _start, target.Array, 0, unread);
        _block?.GiveBack();
        _block = target;
        _buffer = target.Array;
    }
}
