using System.Net.Sockets;

namespace Smpi;

/// <summary>Unix domain sockets: <c>unix:/run/app.sock</c>.</summary>
/// <remarks>A listener replaces the file of a listener that died, never that of one that lives, and removes its own file when it is disposed.</remarks>
public sealed class UnixSocketProtocol : ByteServerProtocol, IGuardedProtocol
{
    private readonly UnixSocketOptions _options;
    private readonly UnixDomainSocketEndPoint _endPoint;

    /// <summary>Makes a protocol for one path. Nothing is opened yet.</summary>
    /// <param name="path">The path of the socket's file.</param>
    /// <param name="options">How sockets are set up; null for the defaults.</param>
    /// <exception cref="SmpiConfigurationException">The path is empty, or longer than the system takes.</exception>
    public UnixSocketProtocol(string path, UnixSocketOptions? options = null)
        : this(path, options, null)
    {
    }

    internal UnixSocketProtocol(string path, UnixSocketOptions? options, string? address)
    {
        ArgumentNullException.ThrowIfNull(path);
        Path = path;
        Address = address ?? $"unix:{path}";
        _options = options ?? new UnixSocketOptions();
        _endPoint = SocketFile.EndPoint(path, Address);
    }

    internal UnixSocketOptions Options => _options;

    /// <inheritdoc/>
    public IReadOnlyCollection<string> Guards => _options.SameUserOnly ? ["UnixSocketOptions.SameUserOnly"] : [];

    /// <inheritdoc/>
    public override string Name => "unix";

    /// <inheritdoc/>
    public override string Address { get; }

    /// <summary>The path of the socket's file.</summary>
    public string Path { get; }

    /// <inheritdoc/>
    protected internal override async ValueTask<IByteTransport> DialAsync(ConnectionOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(_endPoint, cancellationToken).ConfigureAwait(false);
            CheckUser(socket);
            return new SocketTransport(socket, Address, options);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            socket.Dispose();
            if (error is SocketException { SocketErrorCode: not SocketError.AccessDenied } && !File.Exists(Path))
            {
                throw TransportFaults.Unavailable($"Nothing listens on {Address}: the file '{Path}' does not exist.", error);
            }

            throw TransportFaults.Connecting(Address, error);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    protected internal override async ValueTask<IByteListener> BindAsync(ConnectionOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        Socket? socket = null;
        try
        {
            using SocketFile claim = await SocketFile.ClaimAsync(Path, Address, _endPoint, options.TimeProvider, cancellationToken).ConfigureAwait(false);
            socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            socket.Bind(_endPoint);

            // Nobody can connect between these lines: a socket that does not listen yet refuses.
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(Path, _options.Mode);
            socket.Listen(_options.Backlog);
            return new SocketListener(
                Address, socket.AcceptAsync, accepted => Wrap(accepted, options), options, () => SocketFile.CloseAsync(socket, Path, options.TimeProvider));
        }
        catch (Exception error) when (error is SocketException or IOException or UnauthorizedAccessException or SmpiConfigurationException)
        {
            socket?.Dispose();
            throw SocketFile.Explain(Path, Address, error);
        }
        catch
        {
            socket?.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    protected internal override ValueTask<IByteTransport> PrepareAsync(IByteTransport accepted, ConnectionOptions options, CancellationToken cancellationToken)
    {
        if (accepted is SocketTransport transport) CheckUser(transport.Socket);
        return new ValueTask<IByteTransport>(accepted);
    }

    private SocketTransport Wrap(Socket accepted, ConnectionOptions options)
    {
        string process = PeerCredentials.Of(accepted) is { } peer ? $"process {peer.Process}" : "a process";
        return new SocketTransport(accepted, $"{process} on {Address}", options);
    }

    private void CheckUser(Socket socket)
    {
        if (!_options.SameUserOnly || PeerCredentials.Of(socket) is not { } peer || peer.User == PeerCredentials.OwnUser) return;
        throw new SmpiConfigurationException(
            $"The peer on {Address} is process {peer.Process} of user {peer.User} and this is user {PeerCredentials.OwnUser}: only processes of one user may talk here.");
    }
}
