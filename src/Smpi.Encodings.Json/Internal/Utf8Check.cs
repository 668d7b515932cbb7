using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Smpi;

/// <summary>Whether octets are UTF-8. The reader looks only into strings that somebody asks for.</summary>
internal static class Utf8Check
{
    public static bool IsValid(in ReadOnlySequence<byte> body)
    {
        if (body.IsSingleSegment) return Utf8.IsValid(body.FirstSpan);
        Span<byte> joint = stackalloc byte[4];
        int kept = 0;
        foreach (ReadOnlyMemory<byte> piece in body)
        {
            ReadOnlySpan<byte> rest = piece.Span;
            while (kept > 0 && rest.Length > 0)
            {
                // A character that the last piece began, octet by octet.
                joint[kept++] = rest[0];
                rest = rest[1..];
                OperationStatus status = Rune.DecodeFromUtf8(joint[..kept], out _, out _);
                if (status == OperationStatus.InvalidData) return false;
                if (status == OperationStatus.Done) kept = 0;
            }

            int whole = rest.Length - Unfinished(rest);
            if (!Utf8.IsValid(rest[..whole])) return false;
            if (whole == rest.Length) continue;
            rest[whole..].CopyTo(joint);
            kept = rest.Length - whole;
        }

        return kept == 0;
    }

    // The octets at the end that may be the start of a character: at most three.
    private static int Unfinished(ReadOnlySpan<byte> piece)
    {
        for (int back = 1; back <= Math.Min(3, piece.Length); back++)
        {
            byte octet = piece[^back];
            if (octet < 0x80) return 0;
            if (octet >= 0xC0) return Rune.DecodeFromUtf8(piece[^back..], out _, out _) == OperationStatus.NeedMoreData ? back : 0;
        }

        return 0;
    }
}
