using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;

namespace Smpi.Bench;

/// <summary>The other side of the machine's own limit: whole messages go back as they came.</summary>
internal static class RawServer
{
    /// <param name="kind">async, blocking, pipelines, or push: the last sends messages without an end.</param>
    public static int Listen(string kind)
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        _ = AcceptAsync(listener, kind);
        return ((IPEndPoint)listener.LocalEndPoint!).Port;
    }

    private static async Task AcceptAsync(Socket listener, string kind)
    {
        while (true)
        {
            Socket socket = await listener.AcceptAsync();
            socket.NoDelay = true;
            if (kind == "blocking") new Thread(() => Blocking(socket)) { IsBackground = true }.Start();
            else _ = Guarded(socket, kind);
        }
    }

    private static async Task Guarded(Socket socket, string kind)
    {
        try
        {
            await (kind switch { "push" => PushAsync(socket), "pipelines" => PipelinesAsync(socket), _ => EchoAsync(socket) });
        }
        catch (Exception error) when (error is SocketException or IOException)
        {
            // The client has what it measured.
        }
        finally
        {
            socket.Dispose();
        }
    }

    private static async Task EchoAsync(Socket socket)
    {
        byte[] buffer = new byte[RawFrames.BufferSize];
        int filled = 0;
        while (true)
        {
            int count = await socket.ReceiveAsync(buffer.AsMemory(filled));
            if (count == 0) return;
            filled += count;
            int whole = RawFrames.Whole(buffer.AsSpan(0, filled)).Octets;
            if (whole > 0) await RawFrames.SendAllAsync(socket, buffer.AsMemory(0, whole));
            buffer.AsSpan(whole, filled - whole).CopyTo(buffer);
            filled -= whole;
            buffer = RawFrames.WithRoom(buffer, filled);
        }
    }

    private static void Blocking(Socket socket)
    {
        byte[] buffer = new byte[RawFrames.BufferSize];
        int filled = 0;
        try
        {
            while (true)
            {
                int count = socket.Receive(buffer.AsSpan(filled));
                if (count == 0) return;
                filled += count;
                int whole = RawFrames.Whole(buffer.AsSpan(0, filled)).Octets;
                for (int sent = 0; sent < whole;) sent += socket.Send(buffer.AsSpan(sent, whole - sent));
                buffer.AsSpan(whole, filled - whole).CopyTo(buffer);
                filled -= whole;
                buffer = RawFrames.WithRoom(buffer, filled);
            }
        }
        catch (SocketException)
        {
            // The client has what it measured.
        }
        finally
        {
            socket.Dispose();
        }
    }

    private static async Task PipelinesAsync(Socket socket)
    {
        await using var stream = new NetworkStream(socket);
        PipeReader reader = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 64 * 1024));
        PipeWriter writer = PipeWriter.Create(stream);
        while (true)
        {
            ReadResult read = await reader.ReadAsync();
            long whole = RawPipelines.CopyWhole(read.Buffer, writer).Octets;
            reader.AdvanceTo(read.Buffer.GetPosition(whole), read.Buffer.End);
            if (read.IsCompleted) return;
            await writer.FlushAsync();
        }
    }

    private static async Task PushAsync(Socket socket)
    {
        byte[] block = RawFrames.Batch(RawFrames.SmallSize, 48 * 1024 / RawFrames.SmallSize);
        while (true) await RawFrames.SendAllAsync(socket, block);
    }
}
