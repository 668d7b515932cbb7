using System.Buffers;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Smpi.Wire.Tests.Native;

namespace Smpi.Wire.Tests.Connections;

/// <summary>The native format over real sockets.</summary>
public sealed class StreamConnectionTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Both_sides_learn_of_each_other_and_agree_on_an_encoding()
    {
        (StreamConnection dialler, StreamConnection listener) = await PairAsync();
        Assert.Equal(("native", "the dialler", "protobuf"), (listener.Info.Format, listener.Info.Peer!.Agent, listener.Info.Encoding!));
        Assert.Equal(("the listener", "protobuf", 1234), (dialler.Info.Peer!.Agent, dialler.Info.Encoding!, dialler.Info.Peer.Limits.MessageSize));
        Assert.NotNull(dialler.Info.Hop);
        await dialler.DisposeAsync();
        await listener.DisposeAsync();
    }

    [Fact]
    public async Task Messages_go_both_ways()
    {
        (StreamConnection dialler, StreamConnection listener) = await PairAsync();
        byte[] large = new byte[1_000_000];
        new Random(1).NextBytes(large);
        dialler.Write(new Message { Kind = MessageKind.Request, Id = new(1), Subject = "echo", Body = new("hello"u8.ToArray()) });
        await dialler.FlushAsync(default);
        Assert.Equal(("echo", "68656c6c6f"), await NextAsync(listener, flat => (flat.Subject!, flat.Body)));

        listener.Write(new Message { Kind = MessageKind.Response, Id = new(1), Body = new(large) });
        Task flush = listener.FlushAsync(default).AsTask();
        Assert.Equal(Convert.ToHexStringLower(large), await NextAsync(dialler, flat => flat.Body));
        await flush.WaitAsync(Patience);
        Assert.Throws<MessageTooLargeException>(() => dialler.Write(new Message { Kind = MessageKind.Event, Subject = "e", Body = new(large) }));
        await dialler.DisposeAsync();
        await listener.DisposeAsync();
    }

    [Fact]
    public async Task A_goodbye_ends_the_peers_reads_in_good_order_with_its_reason()
    {
        (StreamConnection dialler, StreamConnection listener) = await PairAsync();
        listener.Info.Hop!.Goodbye(new CloseReason(ErrorCode.Unavailable, "Back in a minute.", ClosedBy.Local));
        await listener.FlushAsync(default);
        await listener.DisposeAsync();
        while (await dialler.ReadAsync(default).AsTask().WaitAsync(Patience)) Assert.False(dialler.TryRead(out _));
        Assert.Equal(new CloseReason(ErrorCode.Unavailable, "Back in a minute.", ClosedBy.Peer), dialler.Info.Closed);
        Assert.False(await dialler.ReadAsync(default));
        await dialler.DisposeAsync();
    }

    [Fact]
    public async Task A_ping_is_answered_below_the_messages()
    {
        (StreamConnection dialler, StreamConnection listener) = await PairAsync();
        long before = dialler.Info.Hop!.LastReceived;
        dialler.Info.Hop!.Ping();
        await dialler.FlushAsync(default);
        Assert.True(await listener.ReadAsync(default).AsTask().WaitAsync(Patience));
        Assert.False(listener.TryRead(out _));
        await listener.FlushAsync(default);
        Assert.True(await dialler.ReadAsync(default).AsTask().WaitAsync(Patience));
        Assert.False(dialler.TryRead(out _));
        Assert.True(dialler.Info.Hop!.LastReceived > before);
        await dialler.DisposeAsync();
        await listener.DisposeAsync();
    }

    [Fact]
    public async Task A_peer_that_speaks_something_else_is_named()
    {
        (Stream ours, Stream theirs) = await StreamsAsync();
        await theirs.WriteAsync("GET /smpi HTTP/1.1\r\n\r\n"u8.ToArray());
        ChannelClosedException error = await Assert.ThrowsAsync<ChannelClosedException>(() => OpenAsync(ours, Options("x")).AsTask().WaitAsync(Patience));
        Assert.Equal(ErrorCode.ProtocolError, error.Code);
        Assert.Contains("'GET /smpi HTTP/1.1", error.Message, StringComparison.Ordinal);
        Assert.Throws<ObjectDisposedException>(() => ours.ReadByte());
        await theirs.DisposeAsync();
    }

    [Fact]
    public async Task A_silent_peer_is_given_up()
    {
        (Stream ours, Stream theirs) = await StreamsAsync();
        ConnectionOptions options = Options("x") with { Limits = SmpiLimits.Default with { HandshakeTimeout = TimeSpan.FromMilliseconds(100) } };
        ChannelClosedException error = await Assert.ThrowsAsync<ChannelClosedException>(() => OpenAsync(ours, options).AsTask().WaitAsync(Patience));
        Assert.Equal(ErrorCode.DeadlineExceeded, error.Code);
        Assert.Contains("no hello within 0.1 s", error.Message, StringComparison.Ordinal);
        await theirs.DisposeAsync();
    }

    [Fact]
    public async Task Cancelling_the_opening_is_a_cancellation()
    {
        (Stream ours, Stream theirs) = await StreamsAsync();
        using var cancelled = new CancellationTokenSource();
        Task opening = StreamConnection.OpenAsync(new StreamTransport(ours, ours, "peer"), Options("x"), "test", cancelled.Token).AsTask();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => opening.WaitAsync(Patience));
        await theirs.DisposeAsync();
    }

    [Fact]
    public async Task A_peer_that_closes_before_its_hello_is_not_there()
    {
        (Stream ours, Stream theirs) = await StreamsAsync();
        ((NetworkStream)theirs).Socket.Shutdown(SocketShutdown.Send);
        ChannelClosedException error = await Assert.ThrowsAsync<ChannelClosedException>(() => OpenAsync(ours, Options("x")).AsTask().WaitAsync(Patience));
        Assert.Contains("closed the connection", error.Message, StringComparison.Ordinal);
        await theirs.DisposeAsync();
    }

    [Fact]
    public async Task The_end_of_input_in_the_middle_of_a_message_is_a_loss()
    {
        (Stream ours, Stream theirs) = await StreamsAsync();
        await theirs.WriteAsync(Vectors.Load("hello"));
        await theirs.WriteAsync(Vectors.Load("request").AsMemory(0, 9));
        StreamConnection connection = await OpenAsync(ours, Options("x")).AsTask().WaitAsync(Patience);
        ((NetworkStream)theirs).Socket.Shutdown(SocketShutdown.Send);
        ChannelClosedException error = await Assert.ThrowsAsync<ChannelClosedException>(async () =>
        {
            while (await connection.ReadAsync(default).AsTask().WaitAsync(Patience)) Assert.False(connection.TryRead(out _));
        });
        Assert.Equal((ErrorCode.Unavailable, ClosedBy.Transport), (error.Code, error.Reason.By));
        Assert.Contains("in the middle of a message", error.Message, StringComparison.Ordinal);
        await connection.DisposeAsync();
        await theirs.DisposeAsync();
    }

    [Fact]
    public async Task A_malformed_frame_is_the_reason_of_the_closing()
    {
        (Stream ours, Stream theirs) = await StreamsAsync();
        await theirs.WriteAsync(Vectors.Load("hello").Concat(Codec.Frame(0x80, 0)).ToArray());
        StreamConnection connection = await OpenAsync(ours, Options("x")).AsTask().WaitAsync(Patience);
        await Assert.ThrowsAsync<ChannelClosedException>(async () =>
        {
            while (await connection.ReadAsync(default).AsTask().WaitAsync(Patience)) connection.TryRead(out _);
        });
        Assert.Equal(ErrorCode.ProtocolError, connection.Info.Closed!.Code);
        await connection.DisposeAsync();
        await theirs.DisposeAsync();
    }

    [Fact]
    public async Task Sides_without_a_common_encoding_refuse_each_other_as_configuration()
    {
        (Stream ours, Stream theirs) = await StreamsAsync();
        Task<StreamConnection> one = OpenAsync(ours, Options("one") with { Encodings = ["json"] }).AsTask();
        Task<StreamConnection> two = OpenAsync(theirs, Options("two") with { Encodings = ["msgpack"], Role = ConnectionRole.Listener }).AsTask();
        Assert.Contains("'msgpack'", (await Assert.ThrowsAsync<SmpiConfigurationException>(() => one.WaitAsync(Patience))).Message, StringComparison.Ordinal);
        Assert.Contains("'json'", (await Assert.ThrowsAsync<SmpiConfigurationException>(() => two.WaitAsync(Patience))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Disposal_ends_a_pending_read_and_a_pending_flush()
    {
        (StreamConnection dialler, StreamConnection listener) = await PairAsync(SmpiLimits.Default with { MessageSize = 100_000_000 });
        Task<bool> read = dialler.ReadAsync(default).AsTask();
        dialler.Write(new Message { Kind = MessageKind.Event, Subject = "e", Body = new(new byte[50_000_000]) });
        Task flush = dialler.FlushAsync(default).AsTask();
        await dialler.DisposeAsync();
        ChannelClosedException error = await Assert.ThrowsAsync<ChannelClosedException>(() => read.WaitAsync(Patience));
        Assert.Equal(ClosedBy.Local, error.Reason.By);
        await Assert.ThrowsAsync<ChannelClosedException>(() => flush.WaitAsync(Patience));
        await dialler.DisposeAsync();
        await listener.DisposeAsync();
    }

    [Fact]
    public async Task Both_sides_may_flood_each_other_with_messages_of_all_sizes()
    {
        (StreamConnection dialler, StreamConnection listener) = await PairAsync(SmpiLimits.Default);
        await Task.WhenAll(FloodAsync(dialler, 1), FloodAsync(listener, 2), DrainAsync(dialler, 2), DrainAsync(listener, 1)).WaitAsync(Patience);
        await dialler.DisposeAsync();
        await listener.DisposeAsync();
    }

    private static int SizeOf(int seed, int number) => number % 40 == 0 ? (number * 7919 * seed) % 300_000 : number % 50;

    private static async Task FloodAsync(StreamConnection connection, int seed)
    {
        await Task.Yield();
        for (int number = 0; number < 3000; number++)
        {
            byte[] body = new byte[SizeOf(seed, number)];
            Array.Fill(body, (byte)number);
            connection.Write(new Message { Kind = MessageKind.Event, Subject = $"s{number % 9}", Body = new(body) });
            connection.Write(new Message { Kind = MessageKind.Credit, Amount = number });
            if (number % 7 == 0) await connection.FlushAsync(default);
        }

        await connection.FlushAsync(default);
    }

    private static async Task DrainAsync(StreamConnection connection, int seed)
    {
        int events = 0;
        int credits = 0;
        while (events < 3000 || credits < 3000)
        {
            Assert.True(await connection.ReadAsync(default));
            while (connection.TryRead(out Message message))
            {
                if (message.Kind == MessageKind.Credit)
                {
                    Assert.Equal(credits++, message.Amount);
                    continue;
                }

                Assert.Equal(($"s{events % 9}", (long)SizeOf(seed, events)), (message.Subject, message.Body.Length));
                byte expected = (byte)events++;
                foreach (ReadOnlyMemory<byte> piece in message.Body) Assert.Equal(-1, piece.Span.IndexOfAnyExcept(expected));
            }
        }
    }

    [Fact]
    public async Task A_lent_body_survives_disposal()
    {
        var transport = new GatedTransport();
        transport.Feed(Vectors.Load("hello"));
        transport.Feed(Vectors.Load("response"));
        StreamConnection connection = await OpenAsync(transport, Options("x"));
        Message message;
        do Assert.True(await connection.ReadAsync(default).AsTask().WaitAsync(Patience));
        while (!connection.TryRead(out message));
        await connection.DisposeAsync();

        // Whoever rents next must not be given the memory that is still being read.
        byte[][] others = [.. Enumerable.Range(0, 64).Select(_ => ArrayPool<byte>.Shared.Rent(64 * 1024))];
        foreach (byte[] other in others) Array.Fill(other, (byte)0xee);
        Assert.Equal("{\"text\":\"hi\"}", Encoding.UTF8.GetString(message.Body));
        foreach (byte[] other in others) ArrayPool<byte>.Shared.Return(other);
    }

    private static async Task<T> NextAsync<T>(StreamConnection connection, Func<Flat, T> take)
    {
        Message message;
        do Assert.True(await connection.ReadAsync(default).AsTask().WaitAsync(Patience));
        while (!connection.TryRead(out message));
        return take(Flat.Of(in message));
    }

    private static async Task<(StreamConnection Dialler, StreamConnection Listener)> PairAsync(SmpiLimits? limits = null)
    {
        (Stream ours, Stream theirs) = await StreamsAsync();
        limits ??= SmpiLimits.Default with { MessageSize = 1234 };
        Task<StreamConnection> dialler = OpenAsync(ours, Options("the dialler")).AsTask();
        StreamConnection listener = await OpenAsync(theirs, Options("the listener") with { Role = ConnectionRole.Listener, Limits = limits, Encodings = ["json", "protobuf"] }).AsTask().WaitAsync(Patience);
        return (await dialler.WaitAsync(Patience), listener);
    }

    private static ConnectionOptions Options(string agent) => new() { Format = new NativeFormat(), Agent = agent, Encodings = ["protobuf", "json"] };

    private static ValueTask<StreamConnection> OpenAsync(Stream stream, ConnectionOptions options) => OpenAsync(new StreamTransport(stream, stream, "peer"), options);

    private static ValueTask<StreamConnection> OpenAsync(IByteTransport transport, ConnectionOptions options) => StreamConnection.OpenAsync(transport, options, "test", default);

    private static async Task<(Stream Ours, Stream Theirs)> StreamsAsync()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var client = new Socket(SocketType.Stream, ProtocolType.Tcp);
        Task<Socket> accept = listener.AcceptSocketAsync();
        await client.ConnectAsync(listener.LocalEndpoint);
        return (new NetworkStream(client, ownsSocket: true), new NetworkStream(await accept, ownsSocket: true));
    }
}
