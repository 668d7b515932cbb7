namespace Smpi;

/// <summary>Processes of one user on one machine, by a name: <c>ipc:my-app</c>. A named pipe on Windows, a Unix socket elsewhere.</summary>
/// <remarks>Peers of other users are refused on both sides: by the pipe on Windows, by the directory's mode and the socket's credentials elsewhere.</remarks>
public sealed class IpcProtocol : ByteServerProtocol
{
    private readonly ByteServerProtocol _inner;
    private readonly string? _directory;
    private readonly bool _isOwn;

    /// <summary>Makes a protocol for one name. Nothing is opened yet.</summary>
    /// <param name="name">Any name; one that makes no file name, or is too long for one, is hashed.</param>
    /// <param name="options">Where names live; null for the defaults.</param>
    /// <exception cref="SmpiConfigurationException">The name is empty, or the directory is too long.</exception>
    public IpcProtocol(string name, IpcOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (string.IsNullOrWhiteSpace(name)) throw new SmpiConfigurationException("'ipc:' needs a name, as in 'ipc:my-app'.");
        Address = $"ipc:{name}";
        Options = options;
        if (OperatingSystem.IsWindows())
        {
            _inner = new NamedPipeProtocol("smpi." + IpcPath.FileName(name), null, Address);
            return;
        }

        _isOwn = options?.Directory is null;
        _directory = options?.Directory ?? IpcPath.OwnDirectory();
        _inner = new UnixSocketProtocol(IpcPath.Of(_directory, name), new UnixSocketOptions { SameUserOnly = true }, Address);
    }

    internal IpcOptions? Options { get; }

    /// <inheritdoc/>
    public override string Name => "ipc";

    /// <inheritdoc/>
    public override string Address { get; }

    /// <inheritdoc/>
    protected internal override ValueTask<IByteTransport> DialAsync(ConnectionOptions options, CancellationToken cancellationToken) =>
        _inner.DialAsync(options, cancellationToken);

    /// <inheritdoc/>
    protected internal override ValueTask<IByteListener> BindAsync(ConnectionOptions options, CancellationToken cancellationToken)
    {
        if (_directory is not null) IpcPath.Secure(_directory, _isOwn, Address);
        return _inner.BindAsync(options, cancellationToken);
    }

    /// <inheritdoc/>
    protected internal override ValueTask<IByteTransport> PrepareAsync(IByteTransport accepted, ConnectionOptions options, CancellationToken cancellationToken) =>
        _inner.PrepareAsync(accepted, options, cancellationToken);
}
