using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Smpi.Hostile;

/// <summary>A peer that sends and receives raw bytes over any duplex stream. What it does not read stays unread: it never reads in the background.</summary>
public sealed class RawPeer : IAsyncDisposable
{
    private readonly Stream _input;
    private readonly Stream _output;
    private readonly byte[] _prefix = new byte[4];
    private byte[] _many = [];

    private RawPeer(Stream input, Stream output, Socket? socket)
    {
        _input = input;
        _output = output;
        Socket = socket;
    }

    /// <summary>The longest that any single step may take before the test fails.</summary>
    public static TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The socket, where there is one.</summary>
    public Socket? Socket { get; }

    /// <summary>Bytes sent so far.</summary>
    public long Sent { get; private set; }

    /// <summary>Connects over TCP; a small receive buffer makes the other side feel sooner that this one does not read.</summary>
    public static async Task<RawPeer> ConnectAsync(EndPoint endPoint, int? receiveBuffer = null)
    {
        ArgumentNullException.ThrowIfNull(endPoint);
        var socket = new Socket(endPoint.AddressFamily == AddressFamily.Unspecified ? AddressFamily.InterNetwork : endPoint.AddressFamily, SocketType.Stream,
            endPoint.AddressFamily == AddressFamily.Unix ? ProtocolType.Unspecified : ProtocolType.Tcp);
        try
        {
            if (receiveBuffer is { } size) socket.ReceiveBufferSize = size;
            using var limit = new CancellationTokenSource(Patience);
            await socket.ConnectAsync(endPoint, limit.Token).ConfigureAwait(false);
            return FromSocket(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Connects to an address such as <c>tcp://127.0.0.1:4711</c>.</summary>
    public static Task<RawPeer> ConnectAsync(string address, int? receiveBuffer = null)
    {
        var uri = new Uri(address);
        return ConnectAsync(new IPEndPoint(IPAddress.Parse(uri.Host.Trim('[', ']')), uri.Port), receiveBuffer);
    }

    public static RawPeer FromSocket(Socket socket)
    {
        ArgumentNullException.ThrowIfNull(socket);
        if (socket.ProtocolType == ProtocolType.Tcp) socket.NoDelay = true;
        var stream = new NetworkStream(socket, ownsSocket: true);
        return new RawPeer(stream, stream, socket);
    }

    public static RawPeer FromStream(Stream duplex) => new(duplex, duplex, null);

    public static RawPeer FromStreams(Stream input, Stream output) => new(input, output, null);

    /// <summary>Says hello and takes the other side's.</summary>
    /// <returns>The other side's hello, as it came.</returns>
    public async Task<RawFrame> GreetAsync(HelloOptions? options = null)
    {
        await SendAsync(NativeFrames.Hello(options)).ConfigureAwait(false);
        RawFrame hello = await ReadFrameAsync().ConfigureAwait(false) ?? throw new IOException("The other side closed before its hello.");
        if (hello.Type == FrameTypes.Goodbye) throw new IOException($"The other side said goodbye in place of its hello: {hello.Text}");
        return hello.Type == FrameTypes.Hello ? hello : throw new IOException($"The other side sent type 0x{hello.Type:x2} before its hello.");
    }

    /// <summary>Sends bytes; fails when the other side has closed.</summary>
    public async Task SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct = default)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Patience);
        await _output.WriteAsync(bytes, limit.Token).ConfigureAwait(false);
        await _output.FlushAsync(limit.Token).ConfigureAwait(false);
        Sent += bytes.Length;
    }

    /// <summary>Sends the same bytes again and again, as fast as the other side takes them.</summary>
    /// <returns>How many bytes went out before it was done, the other side closed, or took nothing more for as long as <paramref name="patience"/>.</returns>
    public async Task<long> SendManyAsync(ReadOnlyMemory<byte> bytes, int count, TimeSpan? patience = null, CancellationToken ct = default)
    {
        const int Together = 64 * 1024;
        int each = Math.Clamp(Together / Math.Max(1, bytes.Length), 1, Math.Max(1, count));
        if (_many.Length < each * bytes.Length) _many = new byte[each * bytes.Length];
        for (int index = 0; index < each; index++) bytes.CopyTo(_many.AsMemory(index * bytes.Length));
        long before = Sent;
        try
        {
            for (int left = count; left > 0; left -= each)
            {
                int now = Math.Min(each, left);
                using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
                limit.CancelAfter(patience ?? Patience);
                await _output.WriteAsync(_many.AsMemory(0, now * bytes.Length), limit.Token).ConfigureAwait(false);
                Sent += now * bytes.Length;
            }

            await _output.FlushAsync(ct).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The other side has closed, or takes nothing more: that is what the caller wants to know.
        }

        return Sent - before;
    }

    /// <summary>Sends many frames that differ, in the same way.</summary>
    public async Task<long> SendManyAsync(int count, Func<int, byte[]> frame, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(frame);
        long before = Sent;
        var chunk = new MemoryStream();
        try
        {
            for (int index = 0; index < count; index++)
            {
                chunk.Write(frame(index));
                if (chunk.Length < 64 * 1024 && index < count - 1) continue;
                await SendAsync(chunk.GetBuffer().AsMemory(0, (int)chunk.Length), ct).ConfigureAwait(false);
                chunk.SetLength(0);
            }
        }
        catch (Exception error) when (error is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // As above.
        }

        return Sent - before;
    }

    /// <summary>The next frame; null when the other side has closed, in good order or not.</summary>
    public async Task<RawFrame?> ReadFrameAsync(CancellationToken ct = default)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Patience);
        try
        {
            await _input.ReadExactlyAsync(_prefix, limit.Token).ConfigureAwait(false);
            byte[] frame = new byte[BinaryPrimitives.ReadUInt32LittleEndian(_prefix)];
            await _input.ReadExactlyAsync(frame, limit.Token).ConfigureAwait(false);
            return RawFrame.Parse(frame);
        }
        catch (Exception error) when (error is IOException or SocketException or ObjectDisposedException)
        {
            return null;
        }
        catch (OperationCanceledException error) when (!ct.IsCancellationRequested)
        {
            throw new TimeoutException("The other side sent no whole frame in time.", error);
        }
    }

    /// <summary>The next frame of a type; others before it are skipped.</summary>
    public async Task<RawFrame> ReadFrameAsync(byte type, CancellationToken ct = default)
    {
        while (await ReadFrameAsync(ct).ConfigureAwait(false) is { } frame)
        {
            if (frame.Type == type) return frame;
            if (frame.Type == FrameTypes.Goodbye) throw new IOException($"The other side said goodbye: {frame.Code} {frame.Text}");
        }

        throw new IOException($"The other side closed before a frame of type 0x{type:x2}.");
    }

    /// <summary>Reads until the other side closes.</summary>
    /// <returns>Its goodbye; null when it closed without one.</returns>
    public async Task<RawFrame?> ReadUntilClosedAsync(CancellationToken ct = default)
    {
        RawFrame? goodbye = null;
        while (await ReadFrameAsync(ct).ConfigureAwait(false) is { } frame)
        {
            if (frame.Type == FrameTypes.Goodbye) goodbye = frame;
        }

        return goodbye;
    }

    /// <summary>Any bytes, as they come; none when the other side has closed.</summary>
    public async Task<byte[]> ReadSomeAsync()
    {
        byte[] buffer = new byte[16 * 1024];
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            return buffer[..await _input.ReadAsync(buffer, limit.Token).ConfigureAwait(false)];
        }
        catch (Exception error) when (error is IOException or SocketException)
        {
            return [];
        }
    }

    /// <summary>Says that nothing more comes, and stays open for reading.</summary>
    public void EndSending() => Socket?.Shutdown(SocketShutdown.Send);

    /// <summary>Closes with a reset.</summary>
    public void Reset()
    {
        if (Socket is null) return;
        Socket.LingerState = new LingerOption(true, 0);
        Socket.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await _output.DisposeAsync().ConfigureAwait(false);
        if (!ReferenceEquals(_input, _output)) await _input.DisposeAsync().ConfigureAwait(false);
    }
}
