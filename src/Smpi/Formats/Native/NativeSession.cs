using System.Buffers;

namespace Smpi;

/// <summary>The reader and the writer of one connection. The writer keeps to the limits that the reader learns from the peer's hello.</summary>
internal sealed class NativeSession(SmpiLimits limits, HelloMemory hellos) : IWireSession
{
    private readonly NativeReader _reader = new(limits, hellos);

    // Until the peer's hello comes its limits are taken to be like this side's own.
    private readonly NativeWriter _writer = new(limits);

    public bool HasHello => true;

    public HopSignal Received => _reader.Received;

    public ReadStatus TryRead(ref ReadOnlySequence<byte> buffer, out Message message, out long missing)
    {
        ReadStatus status = _reader.TryRead(ref buffer, out message, out missing);
        if (status == ReadStatus.Signal && _reader.Received.Hello is { } hello) _writer.Peer = hello.Limits;
        return status;
    }

    public ReadStatus ReadAll(ref ReadOnlySequence<byte> buffer, IMessageConsumer consumer, out long missing)
    {
        ReadStatus status = _reader.ReadAll(ref buffer, consumer, out missing);
        if (status == ReadStatus.Signal && _reader.Received.Hello is { } hello) _writer.Peer = hello.Limits;
        return status;
    }

    public void Attach(IReceiveBuffer buffer) => _reader.Attach(buffer);

    public void EndLoan() => _reader.EndLoan();

    public bool HasParts => _reader.HasParts;

    public bool CountSecond(int leastRate, int grace) => _reader.CountSecond(leastRate, grace);

    public int Write(in Message message, IMessageBody? body, OutBuffer output) => _writer.Write(in message, body, output);

    public ItemFrame? FrameItems(in Message envelope) => _writer.FrameItems(in envelope);

    public void Write(in HopSignal signal, OutBuffer output) => HopFrames.Write(in signal, output);
}
