using System.Buffers;

namespace Smpi.Conformance;

/// <summary>One side of a wire without I/O: a reader, a writer, and what was written.</summary>
internal sealed class WireSide
{
    private readonly IMessageReader _reader;
    private readonly IMessageWriter _writer;
    private readonly OutBuffer _output = new();

    public WireSide(IWireFormat format, ConnectionOptions options, ConnectionRole role)
    {
        Role = role;
        Session = (format as ISessionFormat)?.CreateSession(options with { Role = role, Framed = !format.Traits.SelfDelimiting });
        _reader = Session ?? format.CreateReader(options.Limits);
        _writer = Session ?? format.CreateWriter(options.Limits);
    }

    public ConnectionRole Role { get; }

    public IWireSession? Session { get; }

    public long Written => _output.Length;

    /// <summary>Writes this side's hello, where the format has one.</summary>
    public byte[] Hello()
    {
        if (Session is not { HasHello: true }) return [];
        Session.Write(new HopSignal(HopSignalKind.Hello) { Hello = new PeerHello { Role = Role, Session = new byte[16], Encodings = ["json"] } }, _output);
        return Take();
    }

    /// <summary>Writes a message and returns its octets.</summary>
    public byte[] Write(in Message message)
    {
        long mark = _output.Length;
        try
        {
            _writer.Write(message, null, _output);
        }
        catch
        {
            _output.Truncate(mark);
            throw;
        }

        if (Session is { Owes: true }) Session.Write(new HopSignal(HopSignalKind.Owed), _output);
        return Take();
    }

    /// <summary>Reads all messages of the octets, which need not be used up.</summary>
    public List<Seen> Read(ref ReadOnlySequence<byte> octets)
    {
        List<Seen> seen = [];
        for (int guard = 0; guard < 100_000; guard++)
        {
            long before = octets.Length;
            ReadStatus status = _reader.TryRead(ref octets, out Message message, out long missing);
            Assert.True(octets.Length <= before, "The reader gave octets back.");
            if (status == ReadStatus.NeedMore)
            {
                Assert.True(missing >= 0, "The octets still needed are a negative number.");
                _reader.EndLoan();
                return seen;
            }

            if (status == ReadStatus.Message) seen.Add(Seen.Of(in message));
        }

        Assert.Fail("The reader never asks for more octets.");
        return seen;
    }

    public List<Seen> Read(byte[] octets)
    {
        var all = new ReadOnlySequence<byte>(octets);
        List<Seen> seen = Read(ref all);
        Assert.True(all.IsEmpty, $"{all.Length} octets were left unread.");
        return seen;
    }

    private byte[] Take()
    {
        byte[] octets = _output.Slice(0, _output.Length).ToArray();
        _output.Clear();
        return octets;
    }
}
