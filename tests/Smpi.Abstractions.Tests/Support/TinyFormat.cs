using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Smpi.Tests;

/// <summary>A format small enough to see through: length (4, left out on frames), kind (1), id (8), subject length (1), subject, body. Kinds above 99 are hop control.</summary>
internal sealed class TinyFormat(bool hello = false, bool isText = false) : ISessionFormat
{
    public string Name => "tiny";

    public FormatTraits Traits { get; } = FormatTraits.Full with { IsText = isText, Ping = true };

    public IMessageReader CreateReader(SmpiLimits limits) => CreateSession(new ConnectionOptions { Format = this, Limits = limits });

    public IMessageWriter CreateWriter(SmpiLimits limits) => CreateSession(new ConnectionOptions { Format = this, Limits = limits });

    public IWireSession CreateSession(ConnectionOptions options) => new Session(options, hello);

    private sealed class Session(ConnectionOptions options, bool hello) : IWireSession
    {
        private int _owed;

        public bool HasHello => hello;

        public HopSignal Received { get; private set; }

        public bool Owes => _owed > 0;

        public void EndLoan()
        {
        }

        public int Write(in Message message, IMessageBody? body, OutBuffer output)
        {
            if (message.Subject == "nothing") return 0;
            if (message.Subject == "two empty frames")
            {
                output.EndFrame();
                output.EndFrame();
                return 0;
            }

            return Put((byte)message.Kind, message.Id.Number, message.Subject ?? "", message.Body, body, output);
        }

        public void Write(in HopSignal signal, OutBuffer output)
        {
            string text = signal.Kind == HopSignalKind.Owed ? $"{_owed}" : signal.Reason?.Text ?? "";
            if (signal.Kind == HopSignalKind.Owed) _owed = 0;
            Put(signal.Kind == HopSignalKind.Owed ? (byte)MessageKind.Event : (byte)(100 + signal.Kind), signal.Nonce, text, default, null, output);
        }

        public ReadStatus TryRead(ref ReadOnlySequence<byte> buffer, out Message message, out long missing)
        {
            message = default;
            missing = 0;
            ReadOnlySequence<byte> rest = buffer;
            if (options.Framed && rest.IsEmpty) return ReadStatus.Skipped;
            long length = rest.Length;
            if (!options.Framed)
            {
                if (rest.Length < 4) return ReadStatus.NeedMore;
                length = BinaryPrimitives.ReadInt32LittleEndian(rest.Slice(0, 4).ToArray());
                rest = rest.Slice(4);
                missing = length - rest.Length;
                if (missing > 0) return ReadStatus.NeedMore;
            }

            if (length < 10) return ReadStatus.NeedMore;
            byte[] octets = rest.Slice(0, length).ToArray();
            buffer = rest.Slice(length);
            ulong id = BinaryPrimitives.ReadUInt64LittleEndian(octets.AsSpan(1));
            string subject = Encoding.UTF8.GetString(octets, 10, octets[9]);
            if (octets[0] == 99) throw ChannelClosedException.ProtocolError("The kind 99 is not known.");
            if (octets[0] > 99)
            {
                var kind = (HopSignalKind)(octets[0] - 100);
                Received = new HopSignal(kind) { Nonce = id, Hello = kind == HopSignalKind.Hello ? new PeerHello { Role = (ConnectionRole)(1 - (int)options.Role) } : null };
                if (kind == HopSignalKind.Goodbye) Received = Received with { Reason = new CloseReason(ErrorCode.Closed, subject, ClosedBy.Peer) };
                return ReadStatus.Signal;
            }

            if (subject == "ticket") _owed++;
            var at = 10 + octets[9];
            message = new Message { Kind = (MessageKind)octets[0], Id = new MessageId(id), Subject = subject, Body = new ReadOnlySequence<byte>(octets, at, octets.Length - at) };
            return ReadStatus.Message;
        }

        private int Put(byte kind, ulong id, string subject, ReadOnlySequence<byte> octets, IMessageBody? body, OutBuffer output)
        {
            long head = options.Framed ? output.Length : output.Reserve(4);
            long start = output.Length;
            Span<byte> fields = stackalloc byte[10];
            fields[0] = kind;
            BinaryPrimitives.WriteUInt64LittleEndian(fields[1..], id);
            fields[9] = (byte)subject.Length;
            output.Write(fields);
            output.Write(Encoding.UTF8.GetBytes(subject));
            long bodyStart = output.Length;
            foreach (ReadOnlyMemory<byte> piece in octets) output.Write(piece.Span);
            body?.WriteTo(output);
            Span<byte> length = stackalloc byte[4];
            BinaryPrimitives.WriteInt32LittleEndian(length, (int)(output.Length - start));
            if (!options.Framed) output.Patch(head, length);
            return (int)(output.Length - bodyStart);
        }
    }
}
