using System.Net.Security;
using System.Security.Authentication;

namespace Smpi;

/// <summary>One TLS handshake over raw bytes, which it disposes when it fails: gracefully, so that the reason reaches the peer.</summary>
internal sealed class TlsHandshake(IByteTransport raw, TlsOptions options, SslStreamCertificateContext? certificate, ConnectionOptions connection)
{
    // Named, because the defaults of some systems still allow older versions.
    private const SslProtocols Versions = SslProtocols.Tls12 | SslProtocols.Tls13;

    private readonly PeerHead _head = new();
    private bool _asked;

    private bool Dials => connection.Role == ConnectionRole.Dialler;

    public async ValueTask<IByteTransport> DialAsync(string host, CancellationToken ct)
    {
        var judge = new CertificateJudge(options, host, CanTell);
        var settings = new SslClientAuthenticationOptions
        {
            TargetHost = host,
            EnabledSslProtocols = Versions,
            CertificateChainPolicy = judge.Policy(),
            CertificateRevocationCheckMode = options.Revocation,
            RemoteCertificateValidationCallback = judge.Judge,
            ClientCertificateContext = certificate,
            AllowTlsResume = false,
            AllowRenegotiation = false,
        };

        // Called with the listener's certificate when the listener asks for one of this side.
        if (certificate is null)
        {
            settings.LocalCertificateSelectionCallback = (_, _, _, remote, _) =>
            {
                _asked |= remote is not null;
                return null!;
            };
        }

        return await RunAsync(stream => stream.AuthenticateAsClientAsync(settings, ct), judge, ct).ConfigureAwait(false);
    }

    public async ValueTask<IByteTransport> AcceptAsync(CancellationToken ct)
    {
        var judge = new CertificateJudge(options, null, CanTell);
        var settings = new SslServerAuthenticationOptions
        {
            EnabledSslProtocols = Versions,
            ServerCertificateContext = certificate,
            ClientCertificateRequired = options.ClientCertificates != ClientCertificateMode.None,
            CertificateChainPolicy = judge.Policy(),
            CertificateRevocationCheckMode = options.Revocation,
            RemoteCertificateValidationCallback = judge.Judge,
            AllowTlsResume = false,
            AllowRenegotiation = false,
        };

        if (options.ClientCertificates == ClientCertificateMode.None) settings.RemoteCertificateValidationCallback = null;
        return await RunAsync(stream => stream.AuthenticateAsServerAsync(settings, ct), judge, ct).ConfigureAwait(false);
    }

    private async ValueTask<IByteTransport> RunAsync(Func<SslStream, Task> authenticate, CertificateJudge judge, CancellationToken ct)
    {
        var ssl = new SslStream(new TransportStream(raw, _head), leaveInnerStreamOpen: false);
        TlsTransport transport = Inside(ssl);
        try
        {
            await authenticate(ssl).ConfigureAwait(false);
            if (judge.Conclude()) return transport;
        }
        catch (Exception error)
        {
            SmpiException explained = await ExplainAsync(error, judge).ConfigureAwait(false);
            if (TlsFaults.IsPlainHello(_head.Octets) && !Dials) await SayPlainlyAsync(ct).ConfigureAwait(false);
            await transport.DisposeAsync().ConfigureAwait(false);
            throw explained;
        }

        // The peer is not trusted: it hears why, and nothing it sent is looked at.
        string other = Dials ? "listener" : "dialler";
        var reason = new CloseReason(ErrorCode.Unauthenticated, $"This connection was refused: the {other} {judge.Refusal}.", ClosedBy.Peer);
        await Farewell.SayAsync(transport, connection, reason, ct).ConfigureAwait(false);
        await transport.DisposeAsync().ConfigureAwait(false);
        throw Untrusted(judge.Refusal!, null);
    }

    private TlsTransport Inside(SslStream ssl) => new(ssl, raw, connection.Limits)
    {
        Silence = () => Dials ? DiallerSilence() : $"{raw.Remote} ended TLS right after the handshake, before any message: it may not trust the certificate of this side.",
        Refused = Refused,
    };

    private async ValueTask<SmpiException> ExplainAsync(Exception error, CertificateJudge judge)
    {
        if (judge.Refusal is { } refusal) return Untrusted(refusal, error);
        if (TlsFaults.NoTls(_head.Octets) is { } began)
        {
            return Dials
                ? new SmpiConfigurationException(
                    $"{raw.Remote} sent no TLS{(TlsFaults.IsPlainHello(_head.Octets) ? " but speaks Smpi without it" : "")}: it began with {began}. "
                    + "Connect without TLS, or to the port that has it.",
                    error)
                : Closed(ErrorCode.ProtocolError, $"{raw.Remote} sent no TLS: it began with {began}.", error);
        }

        if (TlsFaults.Alert(error) is { } alert) return new ChannelClosedException(Refused(alert), error);
        if (error is OperationCanceledException)
        {
            return Closed(
                ErrorCode.DeadlineExceeded,
                $"{raw.Remote} did not finish the TLS handshake within {connection.Limits.HandshakeTimeout.TotalSeconds:0.#} s: does it speak TLS?",
                error);
        }

        if (await raw.ExplainAsync(error).ConfigureAwait(false) is { } lost) return new ChannelClosedException(lost, error);
        return error is IOException
            ? Closed(ErrorCode.Unavailable, $"{raw.Remote} closed the connection during the TLS handshake{(Dials ? ": does it speak TLS?" : ".")}", error)
            : Closed(ErrorCode.Unauthenticated, $"TLS with {raw.Remote} failed: {error.GetBaseException().Message}", error);
    }

    // A plain client understands a plain goodbye, and nothing that TLS says. Nothing else was sent to it so far.
    private async ValueTask SayPlainlyAsync(CancellationToken ct)
    {
        var reason = new CloseReason(ErrorCode.ProtocolError, "This port speaks TLS and was sent a plain hello: connect with TLS, as with tls:// in place of tcp://.", ClosedBy.Peer);
        await Farewell.SayAsync(raw, connection, reason, ct).ConfigureAwait(false);
    }

    private SmpiException Untrusted(string refusal, Exception? error) => Dials
        ? new SmpiConfigurationException(
            $"{raw.Remote} is refused: it {refusal}. Install a certificate there that is valid for the name, or set TlsOptions.TrustRoots or ServerName here.", error)
        : Closed(ErrorCode.Unauthenticated, $"{raw.Remote} is refused: it {refusal}.", error);

    private bool CanTell() => Farewell.CanSay(connection);

    private CloseReason Refused(string alert)
    {
        if (!TlsFaults.IsAboutCertificates(alert)) return new CloseReason(ErrorCode.Unauthenticated, $"{raw.Remote} ended TLS: {alert}.", ClosedBy.Peer);
        string shown = options.Certificate is null ? "this side, which showed no certificate" : $"the certificate '{options.Certificate.Subject}' of this side";
        return new CloseReason(ErrorCode.Unauthenticated, $"{raw.Remote} refused {shown}: {alert}.", ClosedBy.Peer);
    }

    private string? DiallerSilence()
    {
        if (_asked) return $"{raw.Remote} asked for a certificate of this side, got none, and ended TLS: set TlsOptions.Certificate to one that it trusts.";
        return certificate is null ? null
            : $"{raw.Remote} ended TLS right after the handshake, before any message: it may not trust the certificate '{options.Certificate!.Subject}' of this side.";
    }

    private static ChannelClosedException Closed(ErrorCode code, string text, Exception? error) => new(new CloseReason(code, text, ClosedBy.Transport), error);
}
