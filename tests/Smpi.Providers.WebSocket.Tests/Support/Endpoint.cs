using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;

namespace Smpi.Providers.WebSocket.Tests;

/// <summary>Short ways to servers, channels and raw sockets.</summary>
internal static class Endpoint
{
    public static TimeSpan Soon { get; } = TimeSpan.FromSeconds(30);

    public static async Task<ISmpiServer> ListenAsync(Action<SmpiBuilder>? more = null, string url = "ws://127.0.0.1:0/smpi", Action<WebSocketOptions>? configure = null)
    {
        ISmpiServer server = SmpiServer.Create(builder =>
        {
            builder.ListenWebSocket(url, configure).UseJson().Handle((Add add) => add.Left + add.Right);
            more?.Invoke(builder);
        });
        await server.ListenAsync();
        return server;
    }

    public static ISmpiChannel Connect(string address, Action<WebSocketOptions>? configure = null) =>
        SmpiChannel.Create(builder => builder.UseWebSocket(address, configure).UseJson());

    /// <summary>A socket after its upgrade: frames are up to the test.</summary>
    public static async Task<NetworkStream> FramesAsync(string address, string subprotocol = "smpi.v1")
    {
        var uri = new Uri(address);
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, uri.Port).WaitAsync(Soon);
        var stream = new NetworkStream(socket, ownsSocket: true);
        string request = $"GET {uri.AbsolutePath} HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            + $"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: {subprotocol}\r\n\r\n";
        await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(request));
        var head = new System.Text.StringBuilder();
        byte[] one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await stream.ReadExactlyAsync(one).AsTask().WaitAsync(Soon);
            head.Append((char)one[0]);
        }

        Assert.StartsWith("HTTP/1.1 101", head.ToString(), StringComparison.Ordinal);
        return stream;
    }

    /// <summary>A masked frame, with a mask of zeros.</summary>
    public static byte[] Frame(byte first, ReadOnlySpan<byte> payload, long? announced = null)
    {
        long length = announced ?? payload.Length;
        List<byte> frame = [first];
        if (length < 126)
        {
            frame.Add((byte)(0x80 | length));
        }
        else
        {
            frame.Add(0x80 | 127);
            for (int shift = 56; shift >= 0; shift -= 8) frame.Add((byte)(length >> shift));
        }

        frame.AddRange([0, 0, 0, 0]);
        frame.AddRange(payload);
        return [.. frame];
    }

    /// <summary>Reads frames until one closes; its code, or null when the socket ended without one.</summary>
    public static async Task<int?> CloseCodeAsync(Stream stream)
    {
        byte[] head = new byte[2];
        try
        {
            while (true)
            {
                await stream.ReadExactlyAsync(head).AsTask().WaitAsync(Soon);
                long length = head[1] & 0x7F;
                byte[] wide = new byte[length == 126 ? 2 : length == 127 ? 8 : 0];
                await stream.ReadExactlyAsync(wide).AsTask().WaitAsync(Soon);
                if (wide.Length > 0) length = wide.Aggregate(0L, static (sum, octet) => (sum << 8) | octet);
                byte[] payload = new byte[length];
                await stream.ReadExactlyAsync(payload).AsTask().WaitAsync(Soon);
                if ((head[0] & 0x0F) == 8) return payload.Length < 2 ? 1005 : (payload[0] << 8) | payload[1];
            }
        }
        catch (Exception error) when (error is EndOfStreamException or IOException)
        {
            return null;
        }
    }

    public static async Task<ClientWebSocket> RawAsync(string address)
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("smpi.v1");
        await socket.ConnectAsync(new Uri(address), CancellationToken.None).WaitAsync(Soon);
        return socket;
    }
}
