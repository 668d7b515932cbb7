using System.Buffers;
using System.Net.WebSockets;

namespace Smpi.Tests;

public sealed class FrameConnectionTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(int.MaxValue)]
    public async Task Each_message_is_one_frame_and_any_split_is_accepted(int pieceSize)
    {
        (MemoryFrames left, MemoryFrames right) = MemoryFrames.Pair(pieceSize);
        await using FrameConnection a = await OpenAsync(left);
        await using FrameConnection b = await OpenAsync(right);
        byte[] large = [.. Enumerable.Range(0, 200_000 / Math.Max(1, 8 / Math.Min(pieceSize, 8))).Select(n => (byte)n)];

        a.Write(Request(1, "one", [1]));
        a.Write(Request(2, "two", large));
        a.Write(Request(3, "three", []));
        await a.FlushAsync(default).AsTask().WaitAsync(Patience);

        Assert.Equal([false, false, false], left.SentAsText);
        List<(Message Message, byte[] Body)> got = await ReadAsync(b, 3);
        Assert.Equal(["one", "two", "three"], got.Select(m => m.Message.Subject));
        Assert.Equal(large, got[1].Body);
        Assert.Equal("tiny", b.Info.Format);
    }

    [Fact]
    public async Task Text_formats_send_text_frames()
    {
        (MemoryFrames left, MemoryFrames right) = MemoryFrames.Pair();
        await using FrameConnection a = await OpenAsync(left, new TinyFormat(isText: true));
        await using FrameConnection b = await OpenAsync(right, new TinyFormat(isText: true));
        a.Write(Request(1, "x", []));
        await a.FlushAsync(default);

        Assert.Equal([true], left.SentAsText);
        Assert.Single(await ReadAsync(b, 1));
    }

    [Fact]
    public async Task A_body_that_fails_leaves_no_frame_behind()
    {
        (MemoryFrames left, MemoryFrames right) = MemoryFrames.Pair();
        await using FrameConnection a = await OpenAsync(left);
        await using FrameConnection b = await OpenAsync(right);
        a.Write(Request(1, "before", []));
        Assert.Throws<EncodingException>(() => a.Write(Request(2, "bad", []), new FailingBody()));
        a.Write(Request(3, "after", []));
        await a.FlushAsync(default);

        Assert.Equal(2, left.SentAsText.Count);
        Assert.Equal(["before", "after"], (await ReadAsync(b, 2)).Select(m => m.Message.Subject));
    }

    [Fact]
    public async Task A_write_of_nothing_sends_nothing_and_a_writer_may_end_empty_frames()
    {
        (MemoryFrames left, MemoryFrames right) = MemoryFrames.Pair();
        await using FrameConnection a = await OpenAsync(left);
        await using FrameConnection b = await OpenAsync(right);
        a.Write(Request(1, "nothing", []));
        await a.FlushAsync(default);
        Assert.Empty(left.SentAsText);

        a.Write(Request(2, "two empty frames", []));
        await a.FlushAsync(default);
        Assert.Equal(2, left.SentAsText.Count);

        a.Write(Request(3, "last", []));
        await a.FlushAsync(default);
        Assert.Equal("last", (await ReadAsync(b, 1))[0].Message.Subject);
        Assert.Equal(3, left.SentAsText.Count);
    }

    [Fact]
    public async Task What_a_session_owes_goes_out_after_the_batch()
    {
        (MemoryFrames left, MemoryFrames right) = MemoryFrames.Pair();
        await using FrameConnection a = await OpenAsync(left);
        await using FrameConnection b = await OpenAsync(right);
        a.Write(Request(1, "ticket", []));
        await a.FlushAsync(default);
        await ReadAsync(b, 1);
        await b.FlushAsync(default);

        Message owed = (await ReadAsync(a, 1))[0].Message;
        Assert.Equal(MessageKind.Event, owed.Kind);
        Assert.Equal("1", owed.Subject);
    }

    [Fact]
    public async Task Hellos_are_exchanged_and_a_goodbye_ends_in_good_order()
    {
        (MemoryFrames left, MemoryFrames right) = MemoryFrames.Pair(3);
        Task<FrameConnection> opening = OpenAsync(left, new TinyFormat(hello: true));
        await using FrameConnection b = await OpenAsync(right, new TinyFormat(hello: true), ConnectionRole.Listener);
        await using FrameConnection a = await opening.WaitAsync(Patience);
        Assert.NotNull(a.Info.Peer);
        Assert.NotNull(b.Info.Peer);

        a.Info.Hop!.Ping();
        a.Info.Hop!.Goodbye(new CloseReason(ErrorCode.Closed, "Enough.", ClosedBy.Local));
        await a.FlushAsync(default);
        while (await b.ReadAsync(default).AsTask().WaitAsync(Patience)) Assert.False(b.TryRead(out _));
        Assert.Equal("Enough.", b.Info.Closed!.Text);
    }

    [Fact]
    public async Task A_frame_that_ends_within_a_message_breaks_the_protocol()
    {
        (MemoryFrames left, MemoryFrames right) = MemoryFrames.Pair();
        await using FrameConnection b = await OpenAsync(right);
        await left.SendAsync(new ReadOnlySequence<byte>([1, 2, 3]), false, default);
        Assert.True(await b.ReadAsync(default));

        ChannelClosedException error = Assert.Throws<ChannelClosedException>(() => b.TryRead(out _));
        Assert.Equal(ErrorCode.ProtocolError, error.Code);
        Assert.Equal(ErrorCode.ProtocolError, b.Info.Closed!.Code);
    }

    [Fact]
    public async Task A_frame_above_the_limit_is_refused_before_it_is_whole()
    {
        (MemoryFrames left, MemoryFrames right) = MemoryFrames.Pair(10_000);
        await using FrameConnection b = await OpenAsync(right, limits: new SmpiLimits { MessageSize = 1000, HeaderSize = 0, HelloSize = 0 });
        await left.SendAsync(new ReadOnlySequence<byte>(new byte[50_000_000]), false, default);

        ChannelClosedException error = await Assert.ThrowsAsync<ChannelClosedException>(() => b.ReadAsync(default).AsTask().WaitAsync(Patience));
        Assert.Equal(ErrorCode.TooLarge, error.Code);
        Assert.Contains("Limits.MessageSize", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_peer_that_leaves_between_frames_ends_the_reading_with_the_transports_reason()
    {
        (MemoryFrames left, MemoryFrames right) = MemoryFrames.Pair();
        await using FrameConnection b = await OpenAsync(right);
        await left.DisposeAsync();

        Assert.False(await b.ReadAsync(default).AsTask().WaitAsync(Patience));
        Assert.Equal("The memory peer left.", b.Info.Closed!.Text);
    }

    [Fact]
    public async Task Opening_that_fails_disposes_the_transport()
    {
        (MemoryFrames left, MemoryFrames right) = MemoryFrames.Pair();
        await left.DisposeAsync();

        await Assert.ThrowsAsync<ChannelClosedException>(() => OpenAsync(right, new TinyFormat(hello: true)).WaitAsync(Patience));
        Assert.True(right.IsDisposed);
    }

    [Fact]
    public async Task Messages_cross_a_real_WebSocket_one_for_one()
    {
        (WebSocket client, WebSocket server) = await WebSocketFrames.PairAsync();
        var serverFrames = new WebSocketFrames(server);
        await using FrameConnection a = await OpenAsync(new WebSocketFrames(client), new TinyFormat(isText: true));
        await using FrameConnection b = await OpenAsync(serverFrames, new TinyFormat(isText: true));
        byte[] large = new byte[300_000];
        for (ulong id = 0; id < 50; id++) a.Write(Request(id, "n", id == 25 ? large : [(byte)id]));
        await a.FlushAsync(default).AsTask().WaitAsync(Patience);

        List<(Message Message, byte[] Body)> got = await ReadAsync(b, 50);
        Assert.Equal(WebSocketMessageType.Text, serverFrames.LastReceived);
        Assert.Equal(Enumerable.Range(0, 50).Select(n => (ulong)n), got.Select(m => m.Message.Id.Number));
        Assert.Equal(large, got[25].Body);

        await client.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "Done.", default);
        Assert.False(await b.ReadAsync(default).AsTask().WaitAsync(Patience));
        Assert.Equal("Done.", b.Info.Closed!.Text);
    }

    [Fact]
    public async Task Disposal_ends_a_pending_read_as_closed_by_this_side()
    {
        (WebSocket client, WebSocket server) = await WebSocketFrames.PairAsync();
        FrameConnection a = await OpenAsync(new WebSocketFrames(client));
        await using FrameConnection b = await OpenAsync(new WebSocketFrames(server));
        Task<bool> reading = a.ReadAsync(default).AsTask();
        await a.DisposeAsync();
        await a.DisposeAsync();

        ChannelClosedException error = await Assert.ThrowsAsync<ChannelClosedException>(() => reading.WaitAsync(Patience));
        Assert.Equal(ClosedBy.Local, error.Reason.By);
        await Assert.ThrowsAsync<ChannelClosedException>(() => b.ReadAsync(default).AsTask().WaitAsync(Patience));
    }

    private static Task<FrameConnection> OpenAsync(IFrameTransport transport, IWireFormat? format = null, ConnectionRole role = ConnectionRole.Dialler, SmpiLimits? limits = null) =>
        FrameConnection.OpenAsync(transport, new ConnectionOptions { Format = format ?? new TinyFormat(), Role = role, Limits = limits ?? SmpiLimits.Default }, "test", default).AsTask();

    private static Message Request(ulong id, string subject, byte[] body) =>
        new() { Kind = MessageKind.Request, Id = new MessageId(id), Subject = subject, Body = new ReadOnlySequence<byte>(body) };

    private static async Task<List<(Message Message, byte[] Body)>> ReadAsync(FrameConnection connection, int count)
    {
        List<(Message, byte[])> got = [];
        while (got.Count < count)
        {
            Assert.True(await connection.ReadAsync(default).AsTask().WaitAsync(Patience));
            while (connection.TryRead(out Message message)) got.Add((message, message.Body.ToArray()));
        }

        return got;
    }

    private sealed class FailingBody : IMessageBody
    {
        public void WriteTo(IBufferWriter<byte> output)
        {
            output.Write((ReadOnlySpan<byte>)[1, 2, 3]);
            throw new EncodingException("No.");
        }
    }
}
