using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Smpi.Tests;

/// <summary>A small format of events: two octets of subject length, four of body length, subject, body.</summary>
internal sealed class NamedFormat(string name) : IWireFormat
{
    public string Name => name;

    public FormatTraits Traits { get; } = new() { SelfDelimiting = true, Events = true };

    public IMessageReader CreateReader(SmpiLimits limits) => new Reader();

    public IMessageWriter CreateWriter(SmpiLimits limits) => new Writer();

    private sealed class Reader : IMessageReader
    {
        public ReadStatus TryRead(ref ReadOnlySequence<byte> buffer, out Message message, out long missing)
        {
            message = default;
            missing = 6 - buffer.Length;
            if (missing > 0) return ReadStatus.NeedMore;
            Span<byte> head = stackalloc byte[6];
            buffer.Slice(0, 6).CopyTo(head);
            int subject = BinaryPrimitives.ReadUInt16LittleEndian(head), body = BinaryPrimitives.ReadInt32LittleEndian(head[2..]);
            missing = 6L + subject + body - buffer.Length;
            if (missing > 0) return ReadStatus.NeedMore;
            message = Message(buffer, subject, body);
            buffer = buffer.Slice(6L + subject + body);
            return ReadStatus.Message;
        }

        public void EndLoan()
        {
        }

        private static Message Message(ReadOnlySequence<byte> buffer, int subject, int body) => new()
        {
            Kind = MessageKind.Event,
            Subject = Encoding.UTF8.GetString(buffer.Slice(6, subject)),
            Body = buffer.Slice(6 + subject, body),
        };
    }

    private sealed class Writer : IMessageWriter
    {
        public int Write(in Message message, IMessageBody? body, OutBuffer output)
        {
            Span<byte> head = stackalloc byte[6];
            BinaryPrimitives.WriteUInt16LittleEndian(head, (ushort)Encoding.UTF8.GetByteCount(message.Subject!));
            long start = output.Reserve(6);
            output.Write(Encoding.UTF8.GetBytes(message.Subject!));
            long mark = output.Length;
            if (body is not null) body.WriteTo(output);
            else foreach (ReadOnlyMemory<byte> piece in message.Body) output.Write(piece.Span);
            BinaryPrimitives.WriteInt32LittleEndian(head[2..], (int)(output.Length - mark));
            output.Patch(start, head);
            return (int)(output.Length - mark);
        }
    }
}
