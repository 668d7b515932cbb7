using System.Buffers;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Smpi;

/// <summary>The direct socket path: no stream in between, a receive that tries first, and a close after which the last octets still arrive.</summary>
internal sealed class SocketTransport(Socket socket, string remote, ConnectionOptions options) : IByteTransport, IRestingTransport
{
    private const int MostDrained = 16 * 1024 * 1024;

    private readonly TransportLifetime _life = new();
    private readonly LentMemory _lent = new();
    private int _sending;

    public string Remote => remote;

    public Socket Socket => socket;

    public ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (buffer.IsEmpty) _lent.TakeBack();
        else if (MemoryMarshal.TryGetArray(buffer, out ArraySegment<byte> octets)) buffer = _lent.Lend(octets);
        return _life.Until(socket.ReceiveAsync(buffer, SocketFlags.None, _life.ReceiveToken), cancellationToken);
    }

    public bool IsReady => socket.Poll(0, SelectMode.SelectRead);

    public void Rest() => _life.Recall();

    public ValueTask SendAsync(ReadOnlySequence<byte> bytes, CancellationToken cancellationToken)
    {
        if (bytes.IsEmpty) return default;
        Volatile.Write(ref _sending, 1);
        GatheredSend sender = GatheredSend.Rent();
        ValueTask<int> send = sender.SendAsync(socket, in bytes);
        if (!send.IsCompletedSuccessfully) return FinishAsync(sender, send, bytes, cancellationToken);
        // Completed, so this waits for nothing.
        int sent = send.Result;
        if (sent < bytes.Length) return FinishAsync(sender, new ValueTask<int>(sent), bytes, cancellationToken);
        sender.Return();
        Volatile.Write(ref _sending, 0);
        return default;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask FinishAsync(GatheredSend sender, ValueTask<int> send, ReadOnlySequence<byte> bytes, CancellationToken cancellationToken)
    {
        while (true)
        {
            // One that failed is left to the collector.
            int sent = send.IsCompleted ? await send.ConfigureAwait(false) : await WaitAsync(send, cancellationToken).ConfigureAwait(false);
            sender.Return();
            bytes = bytes.Slice(sent);
            if (bytes.IsEmpty) break;
            sender = GatheredSend.Rent();
            send = sender.SendAsync(socket, in bytes);
        }

        // Stays set after a failure: what was cut off in the middle must not look like an end in good order.
        Volatile.Write(ref _sending, 0);
    }

    // A send knows no token: what would end it closes the socket, which the end of a send in the middle does anyway.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> WaitAsync(ValueTask<int> send, CancellationToken cancellationToken)
    {
        using CancellationTokenRegistration disposed = _life.Token.UnsafeRegister(static state => ((SocketTransport)state!).Abort(), this);
        try
        {
            return await _life.Until(send, cancellationToken).ConfigureAwait(false);
        }
        catch (SocketException error) when (_life.Token.IsCancellationRequested)
        {
            throw new OperationCanceledException("The send was cut off.", error, _life.Token);
        }
    }

    public ValueTask<CloseReason?> ExplainAsync(Exception? error) => new(TransportFaults.Lost(remote, error));

    public ValueTask DisposeAsync()
    {
        if (!_life.TryDispose()) return ValueTask.CompletedTask;
        bool cutOff = Volatile.Read(ref _sending) != 0;
        _life.End();
        if (cutOff) Abort();
        else _ = LingerAsync();
        return ValueTask.CompletedTask;
    }

    private void Abort()
    {
        try
        {
            socket.LingerState = new LingerOption(true, 0);
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // The connection is gone already, so nothing is left to cut off.
        }

        socket.Dispose();
    }

    // Closing while octets of the peer are unread resets the connection, and a reset can destroy our last octets on their way. So this side says that it is done,
    // and takes what the peer still sends until the peer closes too. The caller does not wait for that; time and amount are bounded.
    private async Task LingerAsync()
    {
        try
        {
            socket.Shutdown(SocketShutdown.Send);
            using var limit = new CancellationTokenSource(options.Limits.CloseTimeout, options.TimeProvider);
            await DrainAsync(limit.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (error is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The peer is gone, or took too long.
        }
        finally
        {
            socket.Dispose();
        }
    }

    private async Task DrainAsync(CancellationToken ct)
    {
        long drained = 0;
        while (drained < MostDrained)
        {
            // Waits without a buffer: most peers close at once and send nothing.
            await socket.ReceiveAsync(Memory<byte>.Empty, SocketFlags.None, ct).ConfigureAwait(false);
            byte[] buffer = ArrayPool<byte>.Shared.Rent(16 * 1024);
            try
            {
                int count = await socket.ReceiveAsync(buffer, SocketFlags.None, ct).ConfigureAwait(false);
                if (count == 0) return;
                drained += count;
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }
    }
}
