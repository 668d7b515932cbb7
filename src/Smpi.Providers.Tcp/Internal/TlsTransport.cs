using System.Buffers;
using System.Net.Security;
using System.Runtime.CompilerServices;
using System.Security.Authentication;
using System.Security.Claims;

namespace Smpi;

/// <summary>Bytes inside TLS. A refusal in TLS 1.3 comes only after the handshake, so the first end without a message is explained as one.</summary>
internal sealed class TlsTransport(SslStream ssl, IByteTransport raw, SmpiLimits limits) : IByteTransport, IPeerIdentity
{
    private int _disposed;
    private int _sending;
    private bool _heard;

    public string Remote => raw.Remote;

    public ClaimsPrincipal? User => ssl.IsServer ? ClientIdentity.Of(ssl.RemoteCertificate) : null;

    /// <summary>What it means when the peer ends before it said anything; null when nothing in particular.</summary>
    public required Func<string?> Silence { get; init; }

    /// <summary>Makes a reason of the alert that the peer sent.</summary>
    public required Func<string, CloseReason> Refused { get; init; }

    public ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        ValueTask<int> read = ssl.ReadAsync(buffer, cancellationToken);
        return _heard || buffer.IsEmpty ? read : FirstAsync(read);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask SendAsync(ReadOnlySequence<byte> bytes, CancellationToken cancellationToken)
    {
        Volatile.Write(ref _sending, 1);
        foreach (ReadOnlyMemory<byte> piece in bytes) await ssl.WriteAsync(piece, cancellationToken).ConfigureAwait(false);
        Volatile.Write(ref _sending, 0);
    }

    public async ValueTask<CloseReason?> ExplainAsync(Exception? error)
    {
        if (TlsFaults.Alert(error) is { } alert) return Refused(alert);
        if (!_heard && error is null or IOException or AuthenticationException && Silence() is { } silence) return new CloseReason(ErrorCode.Unauthenticated, silence, ClosedBy.Peer);
        return await raw.ExplainAsync(error).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        if (ssl.IsAuthenticated && Volatile.Read(ref _sending) == 0) await SayGoodbyeAsync().ConfigureAwait(false);
        await raw.DisposeAsync().ConfigureAwait(false);
        await ssl.DisposeAsync().ConfigureAwait(false);
    }

    private async ValueTask<int> FirstAsync(ValueTask<int> read)
    {
        int count = await read.ConfigureAwait(false);
        _heard |= count > 0;

        // A listener that wanted a certificate and ends without a word has refused: that is no good order.
        if (count == 0 && !ssl.IsServer && Silence() is { } silence) throw new AuthenticationException(silence);
        return count;
    }

    // The peer can tell this end from one that somebody cut.
    private async ValueTask SayGoodbyeAsync()
    {
        try
        {
            Task goodbye = ssl.ShutdownAsync();
            if (!goodbye.IsCompleted) await goodbye.WaitAsync(limits.CloseTimeout).ConfigureAwait(false);
            await goodbye.ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or InvalidOperationException or TimeoutException or OperationCanceledException or System.Net.Sockets.SocketException
            or System.ComponentModel.Win32Exception)
        {
            // The peer is gone, or takes nothing more.
        }
    }
}
