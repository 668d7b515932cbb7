namespace Smpi;

/// <summary>The connection of every protocol over bytes: a byte transport plus a wire format that delimits itself.</summary>
public sealed class StreamConnection : WireConnection
{
    private long _missing;

    private StreamConnection(IByteTransport transport, ConnectionOptions options, string protocol)
        : base(transport, options, protocol)
    {
    }

    /// <summary>Makes a connection over bytes and exchanges hellos, where the format has them.</summary>
    /// <param name="transport">The bytes; disposed with the connection, and when opening fails.</param>
    /// <param name="options">The format, role and limits of this side.</param>
    /// <param name="protocol">The protocol's name, for people.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="ChannelClosedException">The peer closed, was silent too long, or does not speak the format.</exception>
    public static async ValueTask<StreamConnection> OpenAsync(IByteTransport transport, ConnectionOptions options, string protocol, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(transport);
        ArgumentNullException.ThrowIfNull(options);
        try
        {
            if (!options.Format.Traits.SelfDelimiting)
            {
                throw new SmpiConfigurationException(
                    $"The format '{options.Format.Name}' does not delimit its messages and '{protocol}' has no frames: use a protocol with frames, such as ws, or another format.");
            }

            var connection = new StreamConnection(transport, options with { Framed = false }, protocol);
            await connection.GreetAsync(options, cancellationToken).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            await transport.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private protected override bool HasUnread => !Inbox.IsEmpty;

    private protected override ValueTask<bool> ReceiveAsync(CancellationToken ct) => Inbox.ReceiveAsync(_missing, ct);

    private protected override ReadStatus ParseAll(IMessageConsumer consumer) => Inbox.IsEmpty ? ReadStatus.NeedMore : ParseUnread(consumer, out _missing);

    private protected override ReadStatus Parse(out Message message)
    {
        if (!Inbox.IsEmpty) return ParseUnread(out message, out _missing);
        message = default;
        return ReadStatus.NeedMore;
    }
}
