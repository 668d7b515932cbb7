using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Smpi.Hostile;

/// <summary>Frames of the native format, byte by byte. Nothing is checked: what the arguments say is what goes out.</summary>
public static class NativeFrames
{
    /// <summary>A hello; the usual one when nothing else is asked for.</summary>
    public static byte[] Hello(HelloOptions? options = null)
    {
        options ??= new HelloOptions();
        var frame = new FrameBytes(FrameTypes.Hello, 0);
        frame.Bytes("SMPI\u0001"u8);
        frame.Field(1, (ulong)options.MinVersion).Field(2, (ulong)options.MaxVersion).Field(3, (ulong)options.Role);
        frame.Field(5, options.Session ?? RandomNumberGenerator.GetBytes(16));
        if (options.Agent.Length > 0) frame.Field(7, Encoding.UTF8.GetBytes(options.Agent));
        foreach (string encoding in options.Encodings) frame.Field(8, Encoding.UTF8.GetBytes(encoding));
        foreach ((int tag, ulong value) in options.Limits) frame.Field(tag, value);
        return frame.ToArray();
    }

    /// <summary>A request that sends its subject as a definition.</summary>
    public static byte[] Request(
        ulong id, string subject, ReadOnlySpan<byte> body, ulong? amount = null, IReadOnlyList<(string, string)>? headers = null, bool more = false) =>
        Request(id, frame => frame.Varint(0).Text(subject), body, amount, headers, more);

    /// <summary>A request whose subject is a number that was defined before.</summary>
    public static byte[] Request(
        ulong id, ulong subject, ReadOnlySpan<byte> body, ulong? amount = null, IReadOnlyList<(string, string)>? headers = null, bool more = false) =>
        Request(id, frame => frame.Varint(subject), body, amount, headers, more);

    public static byte[] Response(ulong id, ReadOnlySpan<byte> body, IReadOnlyList<(string, string)>? headers = null, bool more = false) =>
        Tail(new FrameBytes(FrameTypes.Response, Flags(headers, more)).Varint(id), headers, body);

    /// <summary>An error; code 0 sends the name of a code.</summary>
    public static byte[] Error(ulong id, ulong code, string text, ReadOnlySpan<byte> body = default, string? name = null)
    {
        FrameBytes frame = new FrameBytes(FrameTypes.Error, 0).Varint(id).Varint(code);
        if (code == 0) frame.Text(name ?? "");
        return frame.Text(text).Bytes(body).ToArray();
    }

    /// <summary>An item; <paramref name="reply"/> when it comes from the side that answers the call.</summary>
    public static byte[] Item(ulong id, bool reply, ReadOnlySpan<byte> body, IReadOnlyList<(string, string)>? headers = null, bool more = false) =>
        Tail(new FrameBytes(FrameTypes.Item, Flags(headers, more, reply)).Varint(id), headers, body);

    public static byte[] End(ulong id, bool reply, ReadOnlySpan<byte> body = default) =>
        new FrameBytes(FrameTypes.End, Flags(null, false, reply)).Varint(id).Bytes(body).ToArray();

    public static byte[] Cancel(ulong id, bool reply = false) => new FrameBytes(FrameTypes.Cancel, Flags(null, false, reply)).Varint(id).ToArray();

    /// <summary>Credit for the items of a stream; for events when there is no id.</summary>
    public static byte[] Credit(ulong? id, bool reply, ulong amount)
    {
        var frame = new FrameBytes(FrameTypes.Credit, FrameTypes.HasAmount | (reply ? FrameTypes.Reply : 0) | (id is null ? FrameTypes.NoId : 0));
        if (id is { } number) frame.Varint(number);
        return frame.Varint(amount).ToArray();
    }

    /// <summary>An event that sends its subject as a definition.</summary>
    public static byte[] Event(string subject, ReadOnlySpan<byte> body, IReadOnlyList<(string, string)>? headers = null, bool more = false) =>
        Tail(new FrameBytes(FrameTypes.Event, Flags(headers, more)).Varint(0).Text(subject), headers, body);

    /// <summary>An event whose subject is a number that was defined before.</summary>
    public static byte[] Event(ulong subject, ReadOnlySpan<byte> body, IReadOnlyList<(string, string)>? headers = null, bool more = false) =>
        Tail(new FrameBytes(FrameTypes.Event, Flags(headers, more)).Varint(subject), headers, body);

    /// <summary>A part of a body; of an event when there is no id.</summary>
    public static byte[] Part(ulong? id, bool reply, ReadOnlySpan<byte> body, bool more)
    {
        var frame = new FrameBytes(FrameTypes.Part, Flags(null, more, reply) | (id is null ? FrameTypes.NoId : 0));
        if (id is { } number) frame.Varint(number);
        return frame.Bytes(body).ToArray();
    }

    public static byte[] Ping(ulong nonce) => Nonce(FrameTypes.Ping, nonce);

    public static byte[] Pong(ulong nonce) => Nonce(FrameTypes.Pong, nonce);

    public static byte[] Goodbye(ulong code, string text) => new FrameBytes(FrameTypes.Goodbye, 0).Varint(code).Text(text).ToArray();

    /// <summary>A frame of the range that receivers skip.</summary>
    public static byte[] Ignored(int size) => new FrameBytes(FrameTypes.Ignored, 0).Bytes(new byte[size]).ToArray();

    /// <summary>A frame of any type with any fields.</summary>
    public static byte[] Raw(byte type, int flags, ReadOnlySpan<byte> fields) => new FrameBytes(type, flags).Bytes(fields).ToArray();

    /// <summary>Frames in a row, to be sent together.</summary>
    public static byte[] Join(params IEnumerable<byte[]> frames) => [.. frames.SelectMany(frame => frame)];

    private static byte[] Request(
        ulong id, Func<FrameBytes, FrameBytes> subject, ReadOnlySpan<byte> body, ulong? amount, IReadOnlyList<(string, string)>? headers, bool more)
    {
        var frame = new FrameBytes(FrameTypes.Request, Flags(headers, more) | (amount is null ? 0 : FrameTypes.HasAmount));
        subject(frame.Varint(id));
        if (amount is { } milliseconds) frame.Varint(milliseconds);
        return Tail(frame, headers, body);
    }

    private static int Flags(IReadOnlyList<(string, string)>? headers, bool more, bool reply = false) =>
        (headers is null ? 0 : FrameTypes.HasHeaders) | (more ? FrameTypes.More : 0) | (reply ? FrameTypes.Reply : 0);

    private static byte[] Tail(FrameBytes frame, IReadOnlyList<(string, string)>? headers, ReadOnlySpan<byte> body)
    {
        if (headers is not null) frame.Headers(headers);
        return frame.Bytes(body).ToArray();
    }

    private static byte[] Nonce(byte type, ulong nonce)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, nonce);
        return Raw(type, 0, bytes);
    }
}
