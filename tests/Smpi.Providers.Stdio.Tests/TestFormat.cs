using System.Buffers;
using System.Buffers.Binary;

namespace Smpi.Providers.Stdio.Tests;

/// <summary>A format without hellos, so that programs as simple as <c>cat</c> are peers: four octets of length, the kind, the body.</summary>
internal sealed class TestFormat : IWireFormat, IMessageReader, IMessageWriter
{
    public string Name => "test";

    public FormatTraits Traits { get; } = new() { SelfDelimiting = true, Events = true };

    public IMessageReader CreateReader(SmpiLimits limits) => new TestFormat();

    public IMessageWriter CreateWriter(SmpiLimits limits) => new TestFormat();

    public void EndLoan()
    {
    }

    public ReadStatus TryRead(ref ReadOnlySequence<byte> buffer, out Message message, out long missing)
    {
        message = default;
        missing = 5 - buffer.Length;
        if (missing > 0) return ReadStatus.NeedMore;
        Span<byte> head = stackalloc byte[5];
        buffer.Slice(0, 5).CopyTo(head);
        int length = BinaryPrimitives.ReadInt32LittleEndian(head);
        if (length is < 0 or > 16 * 1024 * 1024) throw ChannelClosedException.ProtocolError("The peer does not speak the test format.");
        missing = 5 + length - buffer.Length;
        if (missing > 0) return ReadStatus.NeedMore;
        message = new Message { Kind = (MessageKind)head[4], Body = buffer.Slice(5, length) };
        buffer = buffer.Slice(5 + length);
        return ReadStatus.Message;
    }

    public int Write(in Message message, IMessageBody? body, OutBuffer output)
    {
        Span<byte> head = stackalloc byte[5];
        BinaryPrimitives.WriteInt32LittleEndian(head, (int)message.Body.Length);
        head[4] = (byte)message.Kind;
        output.Write(head);
        foreach (ReadOnlyMemory<byte> piece in message.Body) output.Write(piece.Span);
        return (int)message.Body.Length;
    }
}
