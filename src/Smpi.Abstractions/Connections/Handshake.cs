namespace Smpi;

/// <summary>The exchange of hellos that opens a connection.</summary>
internal static class Handshake
{
    public static async ValueTask RunAsync(WireConnection connection, IWireSession session, ConnectionOptions options, CancellationToken ct)
    {
        TimeSpan limit = options.Limits.HandshakeTimeout;
        using var timeout = new CancellationTokenSource(limit, options.TimeProvider);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(ct, timeout.Token);
        PeerHello own = Own(options);
        connection.Say(new HopSignal(HopSignalKind.Hello) { Hello = own });
        try
        {
            await connection.FlushAsync(linked.Token).ConfigureAwait(false);
            HopSignal signal = await connection.ReadSignalAsync(linked.Token).ConfigureAwait(false);
            if (signal.Kind == HopSignalKind.Goodbye) throw Refused(signal.Reason!);
            Accept(connection.Info, own, signal.Hello ?? throw ChannelClosedException.ProtocolError($"{connection.Info.Remote} sent {signal.Kind} before its hello."));
        }
        catch (SmpiConfigurationException refusal)
        {
            await connection.SayLastAsync(new CloseReason(ErrorCode.FailedPrecondition, refusal.Message, ClosedBy.Peer)).ConfigureAwait(false);
            throw;
        }
        catch (ChannelClosedException broken) when (broken.Code == ErrorCode.ProtocolError && broken.Reason.By != ClosedBy.Peer)
        {
            await connection.SayLastAsync(broken.Reason).ConfigureAwait(false);
            throw;
        }
        catch (Exception error) when (linked.IsCancellationRequested)
        {
            ct.ThrowIfCancellationRequested();
            throw new ChannelClosedException(new CloseReason(
                ErrorCode.DeadlineExceeded,
                $"{connection.Info.Remote} sent no hello within {limit.TotalSeconds:0.#} s: does it speak the format '{options.Format.Name}'?",
                ClosedBy.Local), error);
        }
    }

    private static PeerHello Own(ConnectionOptions options) => new()
    {
        Role = options.Role,
        Limits = options.Limits,
        Encodings = options.Encodings,
        Agent = options.Agent,
        Session = options.Session.IsEmpty ? Guid.NewGuid().ToByteArray() : options.Session,
    };

    private static void Accept(ConnectionInfo info, PeerHello own, PeerHello peer)
    {
        if (peer.MinVersion > own.MaxVersion || own.MinVersion > peer.MaxVersion)
        {
            throw new SmpiConfigurationException(
                $"{info.Remote} speaks versions {peer.MinVersion} to {peer.MaxVersion} of '{info.Format}' and this side {own.MinVersion} to {own.MaxVersion}: update the older one.");
        }

        if (!own.Session.IsEmpty && own.Session.Span.SequenceEqual(peer.Session.Span))
        {
            throw new SmpiConfigurationException($"{info.Remote} echoes what it is sent: it is not a Smpi peer. Connect to a program that answers.");
        }

        if (LimitMinimums.BelowInHello(peer.Limits) is { } below) throw new SmpiConfigurationException($"In the hello of {info.Remote} {below}: raise it there.");
        info.Peer = peer;
        info.Encoding = EncodingAgreement.Find(info.Remote, own, peer);
    }

    private static SmpiException Refused(CloseReason reason) =>
        reason.Code == ErrorCode.FailedPrecondition ? new SmpiConfigurationException(reason.Text) : new ChannelClosedException(reason);
}
