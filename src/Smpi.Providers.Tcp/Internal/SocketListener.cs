using System.Net.Sockets;

namespace Smpi;

/// <summary>Accepts sockets until disposed.</summary>
/// <param name="address">The address that a peer connects to.</param>
/// <param name="accept">Accepts the next socket; in tests something that fails.</param>
/// <param name="wrap">Configures and describes an accepted socket; may throw when its peer is gone.</param>
/// <param name="options">Limits and clock.</param>
/// <param name="close">Closes the listening socket.</param>
internal sealed class SocketListener(
    string address,
    Func<CancellationToken, ValueTask<Socket>> accept,
    Func<Socket, IByteTransport> wrap,
    ConnectionOptions options,
    Func<ValueTask> close) : IByteListener
{
    private readonly AcceptRetry _retry = new(address, options);
    private int _disposed;

    public string Address => address;

    public async ValueTask<IByteTransport?> AcceptAsync(CancellationToken cancellationToken)
    {
        while (Volatile.Read(ref _disposed) == 0)
        {
            try
            {
                IByteTransport transport = Wrap(await accept(cancellationToken).ConfigureAwait(false));
                _retry.Succeeded();
                return transport;
            }
            catch (ObjectDisposedException)
            {
                return null;
            }
            catch (SocketException) when (Volatile.Read(ref _disposed) != 0)
            {
                return null;
            }
            catch (SocketException error)
            {
                await _retry.AfterAsync(error, cancellationToken).ConfigureAwait(false);
            }
        }

        return null;
    }

    public ValueTask DisposeAsync() => Interlocked.Exchange(ref _disposed, 1) == 0 ? close() : ValueTask.CompletedTask;

    private IByteTransport Wrap(Socket accepted)
    {
        try
        {
            return wrap(accepted);
        }
        catch
        {
            accepted.Dispose();
            throw;
        }
    }
}
