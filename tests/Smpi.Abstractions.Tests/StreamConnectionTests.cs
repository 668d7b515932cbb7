using System.Buffers;
using System.Net.Sockets;

namespace Smpi.Tests;

public sealed class StreamConnectionTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Messages_written_one_octet_at_a_time_by_the_peer_arrive_whole()
    {
        (Socket left, Socket right) = await TcpPair.CreateAsync();
        using Socket raw = left;
        await using StreamConnection connection = await OpenAsync(right);
        var output = new OutBuffer();
        IMessageWriter writer = new TinyFormat().CreateWriter(SmpiLimits.Default);
        for (ulong id = 0; id < 5; id++) writer.Write(Request(id, "s", new byte[id]), null, output);
        foreach (byte octet in output.Slice(0, output.Length).ToArray()) await raw.SendAsync(new[] { octet });

        List<long> lengths = [];
        while (lengths.Count < 5)
        {
            Assert.True(await connection.ReadAsync(default).AsTask().WaitAsync(Patience));
            while (connection.TryRead(out Message message)) lengths.Add(message.Body.Length);
        }

        Assert.Equal([0, 1, 2, 3, 4], lengths);
    }

    [Fact]
    public async Task Hellos_are_exchanged_and_what_a_session_owes_goes_out_after_the_batch()
    {
        (Socket left, Socket right) = await TcpPair.CreateAsync();
        Task<StreamConnection> opening = OpenAsync(left, hello: true);
        await using StreamConnection b = await OpenAsync(right, hello: true, ConnectionRole.Listener);
        await using StreamConnection a = await opening.WaitAsync(Patience);
        a.Write(Request(1, "ticket", []));
        await a.FlushAsync(default);
        Assert.True(await b.ReadAsync(default).AsTask().WaitAsync(Patience));
        Assert.True(b.TryRead(out _));
        Assert.False(b.TryRead(out _));
        await b.FlushAsync(default);

        Assert.True(await a.ReadAsync(default).AsTask().WaitAsync(Patience));
        Assert.True(a.TryRead(out Message owed));
        Assert.Equal(MessageKind.Event, owed.Kind);
        Assert.NotNull(b.Info.Peer);
    }

    [Fact]
    public async Task A_peer_that_leaves_within_a_message_is_a_loss_and_between_messages_a_good_end()
    {
        (Socket left, Socket right) = await TcpPair.CreateAsync();
        await using (StreamConnection connection = await OpenAsync(right))
        {
            await left.SendAsync(new byte[] { 50, 0, 0, 0, 1 });
            left.Dispose();
            ChannelClosedException error = await Assert.ThrowsAsync<ChannelClosedException>(() => DrainAsync(connection).WaitAsync(Patience));
            Assert.Equal(ClosedBy.Transport, error.Reason.By);
        }

        (left, right) = await TcpPair.CreateAsync();
        await using (StreamConnection connection = await OpenAsync(right))
        {
            left.Dispose();
            await DrainAsync(connection).WaitAsync(Patience);
            Assert.Equal(ClosedBy.Peer, connection.Info.Closed!.By);
        }
    }

    [Fact]
    public async Task What_a_reader_refuses_is_noted_as_the_reason_of_the_end()
    {
        (Socket left, Socket right) = await TcpPair.CreateAsync();
        using Socket raw = left;
        await using StreamConnection connection = await OpenAsync(right);
        await raw.SendAsync(new byte[] { 10, 0, 0, 0, 99, 0, 0, 0, 0, 0, 0, 0, 0, 0 });

        await Assert.ThrowsAsync<ChannelClosedException>(() => DrainAsync(connection).WaitAsync(Patience));
        Assert.Equal("The kind 99 is not known.", connection.Info.Closed!.Text);
    }

    private static async Task DrainAsync(StreamConnection connection)
    {
        while (await connection.ReadAsync(default)) Assert.False(connection.TryRead(out _));
    }

    private static Task<StreamConnection> OpenAsync(Socket socket, bool hello = false, ConnectionRole role = ConnectionRole.Dialler) =>
        StreamConnection.OpenAsync(TcpPair.Transport(socket), new ConnectionOptions { Format = new TinyFormat(hello), Role = role }, "tcp", default).AsTask();

    private static Message Request(ulong id, string subject, byte[] body) =>
        new() { Kind = MessageKind.Request, Id = new MessageId(id), Subject = subject, Body = new ReadOnlySequence<byte>(body) };
}
