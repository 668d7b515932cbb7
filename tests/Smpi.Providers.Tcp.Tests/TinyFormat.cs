using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Smpi.Providers.Tcp.Tests;

/// <summary>The smallest format that delimits itself: four octets of length, one of kind, the body. With hello and goodbye, or without.</summary>
internal sealed class TinyFormat(bool hello) : ISessionFormat
{
    public const byte Hello = 0xF0;
    public const byte Goodbye = 0xF1;

    public string Name => "tiny";

    public FormatTraits Traits => FormatTraits.Full;

    public IMessageReader CreateReader(SmpiLimits limits) => new Session(hello);

    public IMessageWriter CreateWriter(SmpiLimits limits) => new Session(hello);

    public IWireSession CreateSession(ConnectionOptions options) => new Session(hello);

    private sealed class Session(bool hello) : IWireSession
    {
        public bool HasHello => hello;

        public HopSignal Received { get; private set; }

        public ReadStatus TryRead(ref ReadOnlySequence<byte> buffer, out Message message, out long missing)
        {
            message = default;
            missing = Math.Max(0, 5 - buffer.Length);
            if (missing > 0) return ReadStatus.NeedMore;
            Span<byte> head = stackalloc byte[5];
            buffer.Slice(0, 5).CopyTo(head);
            uint length = BinaryPrimitives.ReadUInt32LittleEndian(head);
            if (length > 64 * 1024 * 1024) throw ChannelClosedException.ProtocolError($"A message of {length} octets is too long; it begins with {Convert.ToHexString(head)}.");
            missing = Math.Max(0, 5 + length - buffer.Length);
            if (missing > 0) return ReadStatus.NeedMore;
            ReadOnlySequence<byte> body = buffer.Slice(5, length);
            buffer = buffer.Slice(5 + length);
            if (head[4] == Hello)
            {
                Received = new HopSignal(HopSignalKind.Hello) { Hello = new PeerHello { Role = (ConnectionRole)body.FirstSpan[0], Session = body.ToArray() } };
                return ReadStatus.Signal;
            }

            if (head[4] == Goodbye)
            {
                Received = new HopSignal(HopSignalKind.Goodbye) { Reason = Reason(Encoding.UTF8.GetString(body)) };
                return ReadStatus.Signal;
            }

            message = new Message { Kind = (MessageKind)head[4], Body = body };
            return ReadStatus.Message;
        }

        public void EndLoan()
        {
        }

        public int Write(in Message message, IMessageBody? body, OutBuffer output)
        {
            long mark = output.Reserve(5);
            if (body is not null) body.WriteTo(output);
            else foreach (ReadOnlyMemory<byte> piece in message.Body) output.Write(piece.Span);
            return Finish(output, mark, (byte)message.Kind);
        }

        public void Write(in HopSignal signal, OutBuffer output)
        {
            long mark = output.Reserve(5);
            output.Write(signal.Kind == HopSignalKind.Hello ? [(byte)signal.Hello!.Role, 1] : Encoding.UTF8.GetBytes($"{signal.Reason!.Code}|{signal.Reason.Text}"));
            Finish(output, mark, signal.Kind == HopSignalKind.Hello ? Hello : Goodbye);
        }

        private static CloseReason Reason(string text) => new(new ErrorCode(text.Split('|')[0]), text[(text.IndexOf('|') + 1)..], ClosedBy.Peer);

        private static int Finish(OutBuffer output, long mark, byte kind)
        {
            int length = (int)(output.Length - mark - 5);
            Span<byte> head = stackalloc byte[5];
            BinaryPrimitives.WriteInt32LittleEndian(head, length);
            head[4] = kind;
            output.Patch(mark, head);
            return length;
        }
    }
}
