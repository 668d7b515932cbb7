using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Smpi.Bench;

/// <summary>The least there is to a message: four octets of length, then that many octets.</summary>
internal static class RawFrames
{
    public const int BufferSize = 256 * 1024;

    /// <summary>The octets of a message as large as a call of the base wire with the small record: its request has 55, its answer 51.</summary>
    public const int SmallSize = 53;

    /// <summary>As many messages as are in flight, sent together, as a batch of callers would be.</summary>
    public static byte[] Batch(int size, int count)
    {
        byte[] octets = new byte[size * count];
        for (int number = 0; number < count; number++) BinaryPrimitives.WriteInt32LittleEndian(octets.AsSpan(number * size), size - 4);
        return octets;
    }

    /// <summary>How many octets of whole messages there are, and how many messages.</summary>
    public static (int Octets, int Count) Whole(ReadOnlySpan<byte> octets)
    {
        int position = 0;
        int count = 0;
        while (octets.Length - position >= 4)
        {
            int end = position + 4 + BinaryPrimitives.ReadInt32LittleEndian(octets[position..]);
            if (end > octets.Length) break;
            position = end;
            count++;
        }

        return (position, count);
    }

    /// <summary>Takes the whole messages out of a buffer and says how many there were; what is left moves to its start.</summary>
    public static int TakeWhole(byte[] buffer, ref int filled)
    {
        (int octets, int count) = Whole(buffer.AsSpan(0, filled));
        buffer.AsSpan(octets, filled - octets).CopyTo(buffer);
        filled -= octets;
        return count;
    }

    /// <summary>A buffer with room for the message that has begun in it.</summary>
    public static byte[] WithRoom(byte[] buffer, int filled)
    {
        int need = filled < 4 ? 0 : 4 + BinaryPrimitives.ReadInt32LittleEndian(buffer);
        if (need <= buffer.Length) return buffer;
        byte[] larger = new byte[need];
        buffer.AsSpan(0, filled).CopyTo(larger);
        return larger;
    }

    public static async Task<Socket> ConnectAsync(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port));
        return socket;
    }

    public static async Task SendAllAsync(Socket socket, ReadOnlyMemory<byte> octets)
    {
        for (int sent = 0; sent < octets.Length;) sent += await socket.SendAsync(octets[sent..]);
    }
}
