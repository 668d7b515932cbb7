namespace Smpi;

/// <summary>A child process and its standard streams. Every connection starts a new process, so reconnecting is restarting.</summary>
/// <param name="options">What to start.</param>
public sealed class ChildProcessProtocol(ChildProcessOptions options) : IProtocol
{
    /// <inheritdoc/>
    public string Name => "stdio";

    /// <summary>What is started.</summary>
    public ChildProcessOptions Options { get; } = options;

    /// <inheritdoc/>
    public async ValueTask<IConnection> ConnectAsync(ConnectionOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        cancellationToken.ThrowIfCancellationRequested();
        ChildTransport child = ChildLauncher.Start(Options, options);
        return await StreamConnection.OpenAsync(child, options with { Role = ConnectionRole.Dialler }, Name, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The command, for people.</summary>
    public override string ToString() => $"stdio:{CommandLine.Join(Options.FileName, Options.Arguments)}";
}
