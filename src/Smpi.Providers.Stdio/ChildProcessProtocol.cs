namespace Smpi;

/// <summary>A child process and its standard streams. Every connection starts a new process, so reconnecting is restarting.</summary>
/// <remarks>
/// The connection owns the process: disposal closes its input, waits <see cref="ChildProcessOptions.GraceTime"/>, and then kills it with all its descendants. A child that ends with
/// code 0 may leave processes behind; those of any other child are ended too. When this process dies without a chance to dispose, its children and their
/// descendants end within a second: on Unix a small shell waits for that, on Windows a job object does it. On Linux descendants are found even when another process has adopted
/// them, by the variable <c>SMPI_TREE</c> in their environment; one that clears its environment and is adopted is not found.
/// </remarks>
public sealed class ChildProcessProtocol : IProtocol
{
    private static readonly TimeSpan _longestGrace = TimeSpan.FromDays(1);

    /// <summary>Makes the protocol; nothing is started yet.</summary>
    /// <param name="options">What to start, and how to end it.</param>
    /// <exception cref="SmpiConfigurationException">A value of the options is out of its range.</exception>
    public ChildProcessProtocol(ChildProcessOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.GraceTime < TimeSpan.Zero || options.GraceTime > _longestGrace)
        {
            throw new SmpiConfigurationException($"The grace time of the child process '{options.FileName}' is {options.GraceTime}: it must be between zero and a day.");
        }

        if (options.ErrorTailLines < 0) throw new SmpiConfigurationException($"ErrorTailLines of the child process '{options.FileName}' is negative: zero keeps no lines.");
        Options = options;
    }

    /// <inheritdoc/>
    public string Name => "stdio";

    /// <summary>What is started.</summary>
    public ChildProcessOptions Options { get; }

    /// <inheritdoc/>
    public async ValueTask<IConnection> ConnectAsync(ConnectionOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        cancellationToken.ThrowIfCancellationRequested();
        ChildTransport child = ChildLauncher.Start(Options, options);
        try
        {
            StreamConnection connection = await StreamConnection.OpenAsync(child, options with { Role = ConnectionRole.Dialler }, Name, cancellationToken).ConfigureAwait(false);
            child.Opened();
            return connection;
        }
        catch (ChannelClosedException error) when (error.Reason is { Code: var code, ExitCode: null } && code == ErrorCode.ProtocolError && child.Judge() is { } reason)
        {
            throw new ChannelClosedException(reason, error.InnerException);
        }
        catch (ChannelClosedException error) when (error.Reason is { ErrorTail: "", ExitCode: null } && child.LastWords.Length > 0)
        {
            // A child that prints a text instead of a hello mostly says why on its standard error.
            throw new ChannelClosedException(error.Reason with { ErrorTail = child.LastWords, ExitCode = child.ExitCode }, error.InnerException);
        }
    }

    /// <summary>The command, for people.</summary>
    public override string ToString() => $"stdio:{CommandLine.Join(Options.FileName, Options.Arguments)}";
}
