namespace Smpi.Bench;

/// <summary>Another library, run by a server and a client of its own that are commanded by lines.</summary>
/// <param name="Label">What its rows are called.</param>
/// <param name="Folder">Its folder in <c>bench/peers</c>.</param>
/// <param name="Server">The program and the arguments of its server; a path is relative to the folder.</param>
/// <param name="Client">The same for its client.</param>
/// <param name="Streams">Whether it has a server stream.</param>
internal sealed record Peer(string Label, string Folder, string[] Server, string[] Client, bool Streams)
{
    public string FullFolder => Path.Combine(Repository.Root, "bench/peers", Folder);

    /// <summary>Why it cannot be run, in one sentence; null when it can.</summary>
    public string? Missing
    {
        get
        {
            string file = Path.Combine(FullFolder, "bin/missing");
            if (File.Exists(file)) return File.ReadAllText(file).Trim();
            return File.Exists(Path.Combine(FullFolder, "bin/log")) ? null : $"bench/peers/{Folder} was not built; bench/run --peers builds it.";
        }
    }

    public CommandedProcess Start(string role, string[] command)
    {
        string program = command[0].Contains('/', StringComparison.Ordinal) ? Path.Combine(FullFolder, command[0]) : command[0];
        return CommandedProcess.Start($"The {role} of {Label}", FullFolder, [program, .. command.Skip(1)]);
    }
}
