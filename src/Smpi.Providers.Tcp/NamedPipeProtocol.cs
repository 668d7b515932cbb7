using System.IO.Pipes;

namespace Smpi;

/// <summary>Named pipes: <c>pipe:name</c>. On other systems than Windows the framework carries them over Unix sockets.</summary>
public sealed class NamedPipeProtocol : ByteServerProtocol
{
    private readonly NamedPipeOptions _options;
    private readonly string _pipe;

    /// <summary>Makes a protocol for one pipe of this machine. Nothing is opened yet.</summary>
    /// <param name="pipe">The pipe's name, without a prefix.</param>
    /// <param name="options">How pipes are set up; null for the defaults.</param>
    /// <exception cref="SmpiConfigurationException">The name is empty or has characters that a pipe's name cannot have.</exception>
    public NamedPipeProtocol(string pipe, NamedPipeOptions? options = null)
        : this(pipe, options, null)
    {
    }

    internal NamedPipeProtocol(string pipe, NamedPipeOptions? options, string? address)
    {
        ArgumentNullException.ThrowIfNull(pipe);
        if (pipe.Length == 0 || pipe.AsSpan().IndexOfAny('/', '\\', '\0') >= 0 || pipe.Equals("anonymous", StringComparison.OrdinalIgnoreCase))
        {
            throw new SmpiConfigurationException($"'{pipe}' is no name of a pipe: give a name without slashes, as in 'pipe:my-app'.");
        }

        _pipe = pipe;
        _options = options ?? new NamedPipeOptions();
        Address = address ?? $"pipe:{pipe}";
    }

    internal NamedPipeOptions Options => _options;

    /// <inheritdoc/>
    public override string Name => "pipe";

    /// <inheritdoc/>
    public override string Address { get; }

    private PipeOptions Flags => PipeOptions.Asynchronous | (_options.CurrentUserOnly ? PipeOptions.CurrentUserOnly : PipeOptions.None);

    /// <inheritdoc/>
    protected internal override async ValueTask<IByteTransport> DialAsync(ConnectionOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        NamedPipeClientStream? pipe = null;
        try
        {
            pipe = new NamedPipeClientStream(".", _pipe, PipeDirection.InOut, Flags);

            // Windows waits for a free instance; elsewhere the backlog does, and there is nothing to wait for.
            await pipe.ConnectAsync(OperatingSystem.IsWindows() ? _options.BusyTimeout : TimeSpan.Zero, cancellationToken).ConfigureAwait(false);
            return new StreamPairTransport(pipe, pipe, Address);
        }
        catch (Exception error)
        {
            if (pipe is not null) await pipe.DisposeAsync().ConfigureAwait(false);
            if (error is OperationCanceledException) throw;
            throw error is ArgumentException ? TooLong(error) : TransportFaults.Connecting(Address, error);
        }
    }

    /// <inheritdoc/>
    protected internal override async ValueTask<IByteListener> BindAsync(ConnectionOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (await IsAliveAsync(cancellationToken).ConfigureAwait(false)) throw TransportFaults.InUse(Address);
        try
        {
            return new PipeListener(Address, Create, Create(PipeOptions.FirstPipeInstance), options);
        }
        catch (UnauthorizedAccessException error)
        {
            throw TransportFaults.InUse(Address, error);
        }
        catch (ArgumentException error)
        {
            throw TooLong(error);
        }
        catch (Exception error) when (error is IOException or System.Net.Sockets.SocketException)
        {
            throw TransportFaults.Listening(Address, error);
        }
    }

    private NamedPipeServerStream Create(PipeOptions flags) => new(
        _pipe, PipeDirection.InOut, NamedPipeServerStream.MaxAllowedServerInstances, PipeTransmissionMode.Byte, Flags | flags, _options.BufferSize, _options.BufferSize);

    private SmpiConfigurationException TooLong(Exception error) => new($"The name of {Address} is longer than this system takes: use a shorter one.", error);

    // Over Unix sockets the framework would take the name away from a process that lives, so this looks first. Windows refuses by itself.
    private async ValueTask<bool> IsAliveAsync(CancellationToken ct)
    {
        if (OperatingSystem.IsWindows()) return false;
        try
        {
            var probe = new NamedPipeClientStream(".", _pipe, PipeDirection.InOut, PipeOptions.Asynchronous);
            await using (probe.ConfigureAwait(false))
            {
                await probe.ConnectAsync(TimeSpan.Zero, ct).ConfigureAwait(false);
                return true;
            }
        }
        catch (Exception error) when (error is TimeoutException or IOException or ArgumentException)
        {
            return false;
        }
        catch (Exception error) when (error is UnauthorizedAccessException or System.Net.Sockets.SocketException)
        {
            return true;
        }
    }
}
