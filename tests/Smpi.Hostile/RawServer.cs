using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Smpi.Hostile;

/// <summary>Listens on a free TCP port of this machine and gives each client to a script.</summary>
public sealed class RawServer : IAsyncDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly CancellationTokenSource _ended = new();
    private readonly ConcurrentBag<Task> _scripts = [];
    private readonly ConcurrentBag<RawPeer> _peers = [];
    private readonly Func<RawPeer, CancellationToken, Task> _script;
    private readonly Task _loop;
    private int _accepted;

    /// <summary>Starts to listen. The peer is disposed when the script ends; its token fires when the server is disposed.</summary>
    public RawServer(Func<RawPeer, CancellationToken, Task> script)
    {
        _script = script;
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _socket.Listen(512);
        EndPoint = (IPEndPoint)_socket.LocalEndPoint!;
        _loop = Task.Run(AcceptAsync);
    }

    public IPEndPoint EndPoint { get; }

    public int Port => EndPoint.Port;

    /// <summary>The address that a client connects to.</summary>
    public string Address => $"tcp://127.0.0.1:{Port}";

    /// <summary>Clients accepted so far.</summary>
    public int Accepted => Volatile.Read(ref _accepted);

    /// <summary>What the scripts failed with, other than a client that closed.</summary>
    public ConcurrentQueue<Exception> Failures { get; } = [];

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync().ConfigureAwait(false);
        _socket.Dispose();
        await _loop.ConfigureAwait(false);
        foreach (RawPeer peer in _peers) await peer.DisposeAsync().ConfigureAwait(false);
        await Task.WhenAll(_scripts).ConfigureAwait(false);
        _ended.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            try
            {
                Socket client = await _socket.AcceptAsync(_ended.Token).ConfigureAwait(false);
                Interlocked.Increment(ref _accepted);
                var peer = RawPeer.FromSocket(client);
                _peers.Add(peer);
                _scripts.Add(Task.Run(() => RunAsync(peer)));
            }
            catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task RunAsync(RawPeer peer)
    {
        try
        {
            await _script(peer, _ended.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (_ended.IsCancellationRequested || error is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The client has closed, or the test is over.
        }
        catch (Exception error)
        {
            Failures.Enqueue(error);
        }
        finally
        {
            await peer.DisposeAsync().ConfigureAwait(false);
        }
    }
}
