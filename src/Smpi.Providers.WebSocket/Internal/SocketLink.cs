using System.Buffers;
using System.Net.WebSockets;
using System.Runtime.CompilerServices;

namespace Smpi;

/// <summary>One WebSocket: pieces in, messages out, and a close code each way.</summary>
internal sealed class SocketLink(WebSocket socket, string remote, bool isText, int maxFrame, SmpiLimits limits, TimeProvider clock, Action? closed)
{
    private const int Idle = 0;
    private const int Receiving = 1;
    private const int Ending = 2;
    private const int MaxEmptyPieces = 1024;

    private readonly WebSocketMessageType _type = isText ? WebSocketMessageType.Text : WebSocketMessageType.Binary;
    private readonly TaskCompletionSource _receiveEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CloseReason? _peerClosed;
    private int _receiver;
    private int _sending;
    private int _empty;
    private int _disposed;

    public string Remote => remote;

    /// <summary>What is known of the connection above, for the close code; null while it opens.</summary>
    public ConnectionInfo? Info { get; set; }

    /// <summary>Whether the connection above is still being opened: then whoever opens it says why it failed, and disposes.</summary>
    public bool IsOpening { get; set; } = true;

    /// <summary>Why opening failed.</summary>
    public CloseReason? Refusal { get; set; }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<ValueWebSocketReceiveResult> ReceiveAsync(Memory<byte> buffer, CancellationToken ct)
    {
        if (_peerClosed is not null) return new ValueWebSocketReceiveResult(0, WebSocketMessageType.Close, true);
        ObjectDisposedException.ThrowIf(Interlocked.CompareExchange(ref _receiver, Receiving, Idle) != Idle, this);
        try
        {
            ValueWebSocketReceiveResult result = await socket.ReceiveAsync(buffer, ct).ConfigureAwait(false);
            if (result.MessageType == WebSocketMessageType.Close)
            {
                _peerClosed = CloseCodes.Read(socket.CloseStatus, socket.CloseStatusDescription, remote);
                return result;
            }

            Check(result, buffer.IsEmpty);
            return result;
        }
        finally
        {
            if (Interlocked.CompareExchange(ref _receiver, Idle, Receiving) != Receiving) _receiveEnded.TrySetResult();
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask SendAsync(ReadOnlySequence<byte> bytes, CancellationToken ct)
    {
        Volatile.Write(ref _sending, 1);
        if (bytes.IsEmpty) await socket.SendAsync(ReadOnlyMemory<byte>.Empty, _type, true, ct).ConfigureAwait(false);
        long rest = bytes.Length;
        foreach (ReadOnlyMemory<byte> segment in bytes)
        {
            for (int start = 0; start < segment.Length; start += maxFrame)
            {
                ReadOnlyMemory<byte> piece = segment.Slice(start, Math.Min(maxFrame, segment.Length - start));
                rest -= piece.Length;
                await socket.SendAsync(piece, _type, rest == 0, ct).ConfigureAwait(false);
            }
        }

        // Not after a failure: then no close frame can follow.
        Volatile.Write(ref _sending, 0);
    }

    public CloseReason? Explain(Exception? error)
    {
        if (_peerClosed is not null) return _peerClosed;
        if (error is not WebSocketException and not IOException) return null;
        return new CloseReason(ErrorCode.Unavailable, $"{remote} vanished without closing its WebSocket.", ClosedBy.Transport);
    }

    public async ValueTask DisposeAsync()
    {
        if (IsOpening || Interlocked.Exchange(ref _disposed, 1) != 0) return;
        bool receiving = Interlocked.Exchange(ref _receiver, Ending) == Receiving;
        try
        {
            if (Volatile.Read(ref _sending) == 0 && socket.State is WebSocketState.Open or WebSocketState.CloseReceived) await SayWhyAsync(receiving).ConfigureAwait(false);
        }
        finally
        {
            socket.Abort();
            socket.Dispose();
            closed?.Invoke();
        }
    }

    private void Check(ValueWebSocketReceiveResult result, bool waited)
    {
        if (result.MessageType != _type)
        {
            throw ChannelClosedException.ProtocolError($"{remote} sent a {result.MessageType} message, and the format has {_type} messages only.");
        }

        if (waited) return;
        _empty = result.Count == 0 ? _empty + 1 : 0;
        if (_empty > MaxEmptyPieces) throw ChannelClosedException.ProtocolError($"{remote} sent more than {MaxEmptyPieces} empty fragments in a row.");
    }

    // Closing a socket with unread octets would take the close frame with it, so what still comes is read first.
    private async ValueTask SayWhyAsync(bool receiving)
    {
        TimeSpan patience = limits.CloseTimeout < TimeSpan.FromSeconds(2) ? limits.CloseTimeout : TimeSpan.FromSeconds(2);
        using var limit = new CancellationTokenSource(patience, clock);
        try
        {
            (WebSocketCloseStatus code, string text) = CloseCodes.Write(Refusal ?? Info?.Closed);
            await socket.CloseOutputAsync(code, text, limit.Token).ConfigureAwait(false);
            if (receiving) await _receiveEnded.Task.WaitAsync(limit.Token).ConfigureAwait(false);
            byte[] scratch = new byte[4096];
            while (socket.State == WebSocketState.CloseSent) await socket.ReceiveAsync(scratch.AsMemory(), limit.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (error is WebSocketException or OperationCanceledException or IOException or InvalidOperationException)
        {
            // The peer is gone, or takes nothing more.
        }
    }
}
