using System.Buffers;
using System.Net;
using System.Net.Sockets;

namespace Smpi.Providers.Tcp.Tests;

public sealed class SocketTransportTests
{
    private static async Task<(SocketTransport Transport, Socket Peer)> PairAsync()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        var peer = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await peer.ConnectAsync(listener.LocalEndPoint!).WaitAsync(Wire.Patience);
        return (new SocketTransport(await listener.AcceptAsync().WaitAsync(Wire.Patience), "the peer", Wire.Options()), peer);
    }

    [Fact]
    public async Task An_empty_receive_waits_for_octets_and_takes_none()
    {
        (SocketTransport transport, Socket peer) = await PairAsync();
        using Socket other = peer;
        ValueTask<int> waiting = transport.ReceiveAsync(Memory<byte>.Empty, CancellationToken.None);
        Assert.False(waiting.IsCompleted);
        await peer.SendAsync(new byte[] { 7 });
        await waiting.AsTask().WaitAsync(Wire.Patience);
        byte[] buffer = new byte[10];
        ValueTask<int> receive = transport.ReceiveAsync(buffer, CancellationToken.None);
        Assert.True(receive.IsCompletedSuccessfully);
        Assert.Equal(1, await receive);
        Assert.Equal(7, buffer[0]);
        await transport.DisposeAsync();
    }

    [Fact]
    public async Task Pieces_go_out_in_order()
    {
        (SocketTransport transport, Socket peer) = await PairAsync();
        using Socket other = peer;
        await transport.SendAsync(Pieces([1, 2], [3], [], [4, 5]), CancellationToken.None);
        await transport.DisposeAsync();
        byte[] all = new byte[10];
        int count = 0, received;
        while ((received = await peer.ReceiveAsync(all.AsMemory(count)).AsTask().WaitAsync(Wire.Patience)) > 0) count += received;
        Assert.Equal([1, 2, 3, 4, 5], all[..count]);
    }

    [Fact]
    public async Task Disposal_ends_an_empty_receive()
    {
        (SocketTransport transport, Socket peer) = await PairAsync();
        using Socket other = peer;
        Task<int> waiting = transport.ReceiveAsync(Memory<byte>.Empty, CancellationToken.None).AsTask();
        await transport.DisposeAsync();
        await transport.DisposeAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(Wire.Patience));
        await Assert.ThrowsAnyAsync<Exception>(() => transport.ReceiveAsync(new byte[1], CancellationToken.None).AsTask());
    }

    [Fact]
    public async Task The_socket_closes_when_the_peer_has_closed()
    {
        (SocketTransport transport, Socket peer) = await PairAsync();
        await transport.DisposeAsync();
        Assert.False(transport.Socket.SafeHandle.IsClosed);
        peer.Dispose();
        Assert.True(await Wire.EventuallyAsync(() => transport.Socket.SafeHandle.IsClosed));
    }

    [Fact]
    public async Task The_socket_closes_after_the_close_timeout_when_the_peer_stays()
    {
        (SocketTransport first, Socket peer) = await PairAsync();
        using Socket other = peer;
        var transport = new SocketTransport(first.Socket, "the peer", Wire.Options() with { Limits = new SmpiLimits { CloseTimeout = TimeSpan.FromMilliseconds(50) } });
        await transport.DisposeAsync();
        Assert.True(await Wire.EventuallyAsync(() => transport.Socket.SafeHandle.IsClosed));
    }

    [Fact]
    public async Task A_listener_survives_errors_of_accepting()
    {
        (SocketTransport accepted, Socket peer) = await PairAsync();
        using Socket other = peer;
        var notes = new Notes();
        Queue<SocketError> failures = new([SocketError.ConnectionAborted, SocketError.TooManyOpenSockets, SocketError.NoBufferSpaceAvailable]);
        var listener = new SocketListener(
            "tcp://here",
            _ => failures.TryDequeue(out SocketError error) ? throw new SocketException((int)error) : new ValueTask<Socket>(accepted.Socket),
            _ => accepted,
            notes.Listening(Wire.Options()),
            () => ValueTask.CompletedTask);
        Assert.Same(accepted, await listener.AcceptAsync(CancellationToken.None).AsTask().WaitAsync(Wire.Patience));
        Assert.StartsWith("tcp://here could not accept a peer and tries again in 20 ms", await notes.NextAsync("listener"), StringComparison.Ordinal);
        Assert.Contains("in 40 ms", await notes.NextAsync("listener"), StringComparison.Ordinal);
        await accepted.DisposeAsync();
    }

    private static ReadOnlySequence<byte> Pieces(params byte[][] pieces)
    {
        var first = new Piece(pieces[0], 0);
        Piece last = first;
        foreach (byte[] piece in pieces[1..]) last = last.Append(piece);
        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(byte[] bytes, long start)
        {
            Memory = bytes;
            RunningIndex = start;
        }

        public Piece Append(byte[] bytes)
        {
            var next = new Piece(bytes, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
