using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Smpi;

/// <summary>Tells a peer of another kind from its first octets, and says in one sentence what it seems to speak.</summary>
internal static class Opening
{
    private const int Shown = 32;

    /// <summary>Checks as much of the first frame as there is; complete or not.</summary>
    public static void Check(in ReadOnlySequence<byte> buffer, int helloSize)
    {
        Span<byte> room = stackalloc byte[Shown];
        int count = (int)Math.Min(Shown, buffer.Length);
        buffer.Slice(0, count).CopyTo(room);
        ReadOnlySpan<byte> first = room[..count];
        if (count < Bounds.Prefix) return;
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(first);
        if (length < 2 || length > (uint)Math.Max(0, helloSize - Bounds.Prefix)) throw Foreign(first);
        if (count == Bounds.Prefix) return;
        byte type = first[Bounds.Prefix];
        if (type is not (FrameType.Hello or FrameType.Goodbye)) throw Foreign(first);
        if (count > Bounds.Prefix + 1 && first[Bounds.Prefix + 1] != 0) throw Foreign(first);
        if (type == FrameType.Goodbye || count <= Bounds.Head) return;
        ReadOnlySpan<byte> magic = first[Bounds.Head..];
        magic = magic[..Math.Min(magic.Length, HelloFrame.Magic.Length)];
        if (!HelloFrame.Magic.StartsWith(magic)) throw Foreign(first);
    }

    private static ChannelClosedException Foreign(ReadOnlySpan<byte> first)
    {
        var text = new StringBuilder();
        foreach (byte octet in first) text.Append(octet is >= 0x20 and < 0x7f ? (char)octet : '.');
        string hex = string.Join(' ', Convert.ToHexStringLower(first).Chunk(2).Select(pair => new string(pair)));
        string remedy = IsTls(first) ? " One side uses TLS and the other does not: use tls:// on both, or tcp:// on both." : "";
        return ChannelClosedException.ProtocolError($"The peer does not speak the native format{Guess(first)}: it began with '{text}' ({hex}).{remedy}");
    }

    private static string Guess(ReadOnlySpan<byte> first)
    {
        if (IsTls(first)) return " but seems to speak TLS";
        if (first.StartsWith("Content-"u8)) return " but seems to speak JSON-RPC with Content-Length headers";
        if (first.StartsWith("SSH-"u8)) return " but seems to speak SSH";
        if (first[0] is (byte)'{' or (byte)'[') return " but seems to speak JSON";
        return IsHttp(first) ? " but seems to speak HTTP" : "";
    }

    private static bool IsTls(ReadOnlySpan<byte> first) => first[0] is >= 0x14 and <= 0x17 && first[1] == 3;

    private static bool IsHttp(ReadOnlySpan<byte> first) =>
        first.StartsWith("GET "u8) || first.StartsWith("HTTP"u8) || first.StartsWith("POST"u8) || first.StartsWith("PUT "u8) || first.StartsWith("HEAD"u8)
        || first.StartsWith("OPTI"u8) || first.StartsWith("PRI "u8) || first.StartsWith("DELE"u8) || first.StartsWith("PATC"u8) || first.StartsWith("CONN"u8);
}
