namespace Smpi;

/// <summary>Tells a peer that is refused why, in the words of the wire format, where it can say that before a hello.</summary>
internal static class Farewell
{
    /// <summary>Whether the format can say why. If not, the peer has to make do with what TLS says.</summary>
    public static bool CanSay(ConnectionOptions options) => Session(options) is not null;

    public static async ValueTask SayAsync(IByteTransport transport, ConnectionOptions options, CloseReason reason, CancellationToken ct)
    {
        if (Session(options) is not { } session) return;
        var output = new OutBuffer();
        try
        {
            session.Write(new HopSignal(HopSignalKind.Goodbye) { Reason = reason }, output);
            await transport.SendAsync(output.Slice(0, output.Length), ct).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or System.Net.Sockets.SocketException or OperationCanceledException or InvalidOperationException)
        {
            // The peer is gone already: nobody is left to be told.
        }

        output.Release();
    }

    private static IWireSession? Session(ConnectionOptions options) =>
        (options.Format as ISessionFormat)?.CreateSession(options) is { HasHello: true } session ? session : null;
}
