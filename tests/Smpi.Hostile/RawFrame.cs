using System.Text;

namespace Smpi.Hostile;

/// <summary>One frame as it was received.</summary>
public sealed record RawFrame(byte Type, int Flags)
{
    /// <summary>The id; null where there is none, or a textual one.</summary>
    public ulong? Id { get; private init; }

    /// <summary>The textual id.</summary>
    public string? TextId { get; private init; }

    /// <summary>The number of the subject; zero when its name stands here.</summary>
    public ulong SubjectNumber { get; private init; }

    /// <summary>The name of the subject, where it is defined.</summary>
    public string? Subject { get; private init; }

    public ulong Amount { get; private init; }

    /// <summary>The code of a fault or a goodbye; zero when it has a name.</summary>
    public ulong Code { get; private init; }

    public string? CodeName { get; private init; }

    /// <summary>The text of a fault or a goodbye.</summary>
    public string? Text { get; private init; }

    public IReadOnlyList<(string Name, string Value)> Headers { get; private init; } = [];

    /// <summary>The body; all fields of a frame that has no body.</summary>
    public byte[] Body { get; private init; } = [];

    public bool More => (Flags & FrameTypes.More) != 0;

    public bool IsReply => (Flags & FrameTypes.Reply) != 0;

    public string BodyText => Encoding.UTF8.GetString(Body);

    /// <summary>Parses what follows the length.</summary>
    public static RawFrame Parse(ReadOnlySpan<byte> bytes)
    {
        var frame = new RawFrame(bytes[0], bytes[1]);
        ReadOnlySpan<byte> rest = bytes[2..];
        if (frame.Type == FrameTypes.Goodbye) return frame with { Code = Varint(ref rest), CodeName = null, Text = Utf(ref rest) };
        if (frame.Type > FrameTypes.Part) return frame with { Body = rest.ToArray() };
        if (frame.Type != FrameTypes.Event && (frame.Flags & FrameTypes.NoId) == 0)
        {
            frame = (frame.Flags & FrameTypes.TextId) != 0 ? frame with { TextId = Utf(ref rest) } : frame with { Id = Varint(ref rest) };
        }

        if (frame.Type is FrameTypes.Request or FrameTypes.Event)
        {
            frame = frame with { SubjectNumber = Varint(ref rest) };
            if (frame.SubjectNumber == 0) frame = frame with { Subject = Utf(ref rest) };
        }

        if ((frame.Flags & FrameTypes.HasAmount) != 0) frame = frame with { Amount = Varint(ref rest) };
        if (frame.Type == FrameTypes.Error)
        {
            frame = frame with { Code = Varint(ref rest) };
            if (frame.Code == 0) frame = frame with { CodeName = Utf(ref rest) };
            frame = frame with { Text = Utf(ref rest) };
        }

        if ((frame.Flags & FrameTypes.HasHeaders) != 0)
        {
            Varint(ref rest);
            var headers = new (string, string)[Varint(ref rest)];
            for (int index = 0; index < headers.Length; index++) headers[index] = (Utf(ref rest), Utf(ref rest));
            frame = frame with { Headers = headers };
        }

        return frame with { Body = rest.ToArray() };
    }

    private static ulong Varint(ref ReadOnlySpan<byte> rest)
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte one = rest[0];
            rest = rest[1..];
            value |= (ulong)(one & 0x7f) << shift;
            if (one < 0x80) return value;
        }
    }

    private static string Utf(ref ReadOnlySpan<byte> rest)
    {
        int length = (int)Varint(ref rest);
        string text = Encoding.UTF8.GetString(rest[..length]);
        rest = rest[length..];
        return text;
    }
}
