using System.IO.Pipes;

namespace Smpi;

/// <summary>Accepts clients of a named pipe. One instance always waits, so the name never disappears between two clients.</summary>
internal sealed class PipeListener(string address, Func<PipeOptions, NamedPipeServerStream> create, NamedPipeServerStream first, ConnectionOptions options) : IByteListener
{
    private readonly AcceptRetry _retry = new(address, options);
    private readonly Lock _gate = new();
    private NamedPipeServerStream? _next = first;
    private bool _disposed;

    public string Address => address;

    public async ValueTask<IByteTransport?> AcceptAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            NamedPipeServerStream? current = null;
            try
            {
                current = Waiting();
                if (current is null) return null;
                await current.WaitForConnectionAsync(cancellationToken).ConfigureAwait(false);
                Replace();
                _retry.Succeeded();
                return new StreamPairTransport(current, current, $"a process on {address}");
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException or System.Net.Sockets.SocketException)
            {
                // A client that left before it was accepted, or one of another user; or the system has no instance left to give.
                Replace();
                if (current is not null) await current.DisposeAsync().ConfigureAwait(false);
                await _retry.AfterAsync(error, cancellationToken).ConfigureAwait(false);
            }
            catch (ObjectDisposedException)
            {
                return null;
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        NamedPipeServerStream? last;
        lock (_gate)
        {
            if (_disposed) return ValueTask.CompletedTask;
            _disposed = true;
            last = _next;
        }

        return last?.DisposeAsync() ?? ValueTask.CompletedTask;
    }

    private NamedPipeServerStream? Waiting()
    {
        lock (_gate) return _disposed ? null : _next ??= create(PipeOptions.None);
    }

    private void Replace()
    {
        lock (_gate)
        {
            _next = null;
            if (_disposed) return;
            try
            {
                _next = create(PipeOptions.None);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException or System.Net.Sockets.SocketException)
            {
                // The next accept tries again, and says why it cannot.
            }
        }
    }
}
