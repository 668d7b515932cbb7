using System.Net.Security;
using System.Security.Authentication;

namespace Smpi;

/// <summary>One TLS handshake over raw bytes, which it disposes when it fails: gracefully, so that the alert with the reason reaches the peer.</summary>
internal sealed class TlsHandshake(IByteTransport raw, TlsOptions options, SslStreamCertificateContext? certificate, SmpiLimits limits)
{
    // Named, because the defaults of some systems still allow older versions.
    private const SslProtocols Versions = SslProtocols.Tls12 | SslProtocols.Tls13;

    private readonly PeerHead _head = new();
    private bool _asked;

    public async ValueTask<IByteTransport> DialAsync(string host, CancellationToken ct)
    {
        var judge = new CertificateJudge(options, host);
        var settings = new SslClientAuthenticationOptions
        {
            TargetHost = host,
            EnabledSslProtocols = Versions,
            CertificateChainPolicy = judge.Policy(),
            CertificateRevocationCheckMode = options.Revocation,
            RemoteCertificateValidationCallback = judge.Judge,
            ClientCertificateContext = certificate,
            AllowTlsResume = false,
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

        SslStream ssl = await RunAsync(stream => stream.AuthenticateAsClientAsync(settings, ct), judge, ConnectionRole.Dialler).ConfigureAwait(false);
        return new TlsTransport(ssl, raw, limits, null) { Silence = DiallerSilence(), Refused = Refused };
    }

    public async ValueTask<IByteTransport> AcceptAsync(CancellationToken ct)
    {
        var judge = new CertificateJudge(options, null);
        var settings = new SslServerAuthenticationOptions
        {
            EnabledSslProtocols = Versions,
            ServerCertificateContext = certificate,
            ClientCertificateRequired = options.ClientCertificates != ClientCertificateMode.None,
            CertificateChainPolicy = judge.Policy(),
            CertificateRevocationCheckMode = options.Revocation,
            RemoteCertificateValidationCallback = judge.Judge,
            AllowTlsResume = false,
        };

        if (options.ClientCertificates == ClientCertificateMode.None) settings.RemoteCertificateValidationCallback = null;
        SslStream ssl = await RunAsync(stream => stream.AuthenticateAsServerAsync(settings, ct), judge, ConnectionRole.Listener).ConfigureAwait(false);
        return new TlsTransport(ssl, raw, limits, ClientIdentity.Of(ssl.RemoteCertificate))
        {
            Silence = $"{raw.Remote} ended TLS right after the handshake, before any message: it may not trust the certificate of this side.",
            Refused = Refused,
        };
    }

    private async ValueTask<SslStream> RunAsync(Func<SslStream, Task> authenticate, CertificateJudge judge, ConnectionRole role)
    {
        var ssl = new SslStream(new TransportStream(raw, _head), leaveInnerStreamOpen: false);
        try
        {
            await authenticate(ssl).ConfigureAwait(false);
            return ssl;
        }
        catch (Exception error)
        {
            SmpiException reason = await ExplainAsync(error, judge, role).ConfigureAwait(false);
            await ssl.DisposeAsync().ConfigureAwait(false);
            await raw.DisposeAsync().ConfigureAwait(false);
            throw reason;
        }
    }

    private async ValueTask<SmpiException> ExplainAsync(Exception error, CertificateJudge judge, ConnectionRole role)
    {
        bool dials = role == ConnectionRole.Dialler;
        if (judge.Refusal is { } refusal)
        {
            return dials
                ? new SmpiConfigurationException($"{raw.Remote} is refused: it {refusal}. Install a certificate there that is valid for the name, or set TlsOptions.TrustRoots or ServerName here.", error)
                : Closed(ErrorCode.Unauthenticated, $"{raw.Remote} is refused: it {refusal}.", error);
        }

        if (TlsFaults.NoTls(_head.Octets) is { } began)
        {
            return dials
                ? new SmpiConfigurationException($"{raw.Remote} sent no TLS: it began with {began}. Connect without TLS, or to the port that has it.", error)
                : Closed(ErrorCode.ProtocolError, $"{raw.Remote} sent no TLS: it began with {began}.", error);
        }

        if (TlsFaults.Alert(error) is { } alert) return new ChannelClosedException(Refused(alert), error);
        if (error is OperationCanceledException)
        {
            return Closed(ErrorCode.DeadlineExceeded, $"{raw.Remote} did not finish the TLS handshake within {limits.HandshakeTimeout.TotalSeconds:0.#} s: does it speak TLS?", error);
        }

        if (await raw.ExplainAsync(error).ConfigureAwait(false) is { } lost) return new ChannelClosedException(lost, error);
        return error is IOException
            ? Closed(ErrorCode.Unavailable, $"{raw.Remote} closed the connection during the TLS handshake{(dials && _head.Octets.IsEmpty ? ": does it speak TLS?" : ".")}", error)
            : Closed(ErrorCode.Unauthenticated, $"TLS with {raw.Remote} failed: {error.GetBaseException().Message}", error);
    }

    private CloseReason Refused(string alert)
    {
        if (!TlsFaults.IsAboutCertificates(alert)) return new CloseReason(ErrorCode.Unauthenticated, $"{raw.Remote} ended TLS: {alert}.", ClosedBy.Peer);
        string shown = options.Certificate is null || (_asked && certificate is null) ? "this side, which showed no certificate" : $"the certificate '{options.Certificate.Subject}' of this side";
        return new CloseReason(ErrorCode.Unauthenticated, $"{raw.Remote} refused {shown}: {alert}.", ClosedBy.Peer);
    }

    private string? DiallerSilence()
    {
        if (_asked) return $"{raw.Remote} asked for a certificate of this side, got none, and ended TLS: set TlsOptions.Certificate to one that it trusts.";
        return certificate is null ? null
            : $"{raw.Remote} ended TLS right after the handshake, before any message: it may not trust the certificate '{options.Certificate!.Subject}' of this side.";
    }

    private static ChannelClosedException Closed(ErrorCode code, string text, Exception error) => new(new CloseReason(code, text, ClosedBy.Transport), error);
}
