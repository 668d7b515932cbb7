using System.IO.Pipelines;

namespace Smpi;

/// <summary>Any <see cref="Stream"/>, pair of streams or <see cref="IDuplexPipe"/>: whatever already carries bytes to one peer.</summary>
public sealed class StreamProtocol : ByteProtocol
{
    private readonly Func<CancellationToken, ValueTask<(Stream Input, Stream Output)>> _open;

    /// <summary>Makes a protocol that opens streams for every connection.</summary>
    /// <param name="open">Opens what is read and what is written, the same object twice for a duplex stream; both are disposed with the connection.</param>
    /// <param name="address">What the peer is called in messages.</param>
    public StreamProtocol(Func<CancellationToken, ValueTask<(Stream Input, Stream Output)>> open, string address = "stream:")
    {
        ArgumentNullException.ThrowIfNull(open);
        ArgumentNullException.ThrowIfNull(address);
        _open = open;
        Address = address;
    }

    /// <summary>Makes a protocol of one pair of streams. It connects once: a second connection needs streams of its own.</summary>
    /// <param name="input">What is read; disposed with the connection.</param>
    /// <param name="output">What is written, the same object for a duplex stream; disposed with the connection.</param>
    /// <param name="address">What the peer is called in messages.</param>
    public StreamProtocol(Stream input, Stream output, string address = "stream:")
        : this(Once(input, output, address), address)
    {
    }

    /// <summary>Makes a protocol of one pipe. It connects once: a second connection needs a pipe of its own.</summary>
    /// <param name="pipe">The pipe; both ends are completed with the connection.</param>
    /// <param name="address">What the peer is called in messages.</param>
    public StreamProtocol(IDuplexPipe pipe, string address = "stream:")
        : this(Checked(pipe).Input.AsStream(), pipe.Output.AsStream(), address)
    {
    }

    /// <inheritdoc/>
    public override string Name => "stream";

    /// <inheritdoc/>
    public override string Address { get; }

    /// <inheritdoc/>
    protected internal override async ValueTask<IByteTransport> DialAsync(ConnectionOptions options, CancellationToken cancellationToken)
    {
        try
        {
            (Stream input, Stream output) = await _open(cancellationToken).ConfigureAwait(false);
            return new StreamPairTransport(input, output, Address);
        }
        catch (Exception error) when (error is not (OperationCanceledException or SmpiException))
        {
            throw TransportFaults.Connecting(Address, error);
        }
    }

    private static IDuplexPipe Checked(IDuplexPipe pipe)
    {
        ArgumentNullException.ThrowIfNull(pipe);
        return pipe;
    }

    private static Func<CancellationToken, ValueTask<(Stream Input, Stream Output)>> Once(Stream input, Stream output, string address)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(output);
        int used = 0;
        return _ => Interlocked.Exchange(ref used, 1) == 0
            ? new ValueTask<(Stream Input, Stream Output)>((input, output))
            : throw new SmpiConfigurationException(
                $"The streams of '{address}' were used by an earlier connection: give a function that opens new ones, so that connecting again is possible.");
    }
}
