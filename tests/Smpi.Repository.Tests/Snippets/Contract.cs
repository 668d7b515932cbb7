namespace Smpi.Repository.Tests.Snippets;

// <contract>
[SmpiMessage("files.read")] public sealed record ReadFile(string Path) : IRequest<FileText>;
public sealed record FileText(string Path, string Text);

[SmpiMessage("files.tail")] public sealed record Tail(string Path) : IStreamRequest<LogLine>;
[SmpiMessage("log.line")] public sealed record LogLine(string Text) : IEvent;
// </contract>

// <error>
[SmpiError("files.locked")] public sealed record Locked(string By);
// </error>

internal interface IFileStore
{
    ValueTask<FileText> ReadAsync(string path, CancellationToken ct);
}

internal sealed class FileStore : IFileStore
{
    public ValueTask<FileText> ReadAsync(string path, CancellationToken ct) => path == "locked.md"
        ? throw new FaultException(new Locked("somebody"), "The file is being written.")
        : new(new FileText(path, "text of " + path));

    public static async IAsyncEnumerable<LogLine> TailAsync(string path, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        for (int line = 1; line <= 3; line++)
        {
            ct.ThrowIfCancellationRequested();
            await Task.Yield();
            yield return new LogLine($"{path} {line}");
        }
    }
}
