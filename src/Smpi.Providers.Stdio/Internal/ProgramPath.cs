namespace Smpi;

/// <summary>Finds programs as a shell would, and nowhere else.</summary>
internal static class ProgramPath
{
    private const UnixFileMode Executable = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>The path of a program: itself if it has a slash, otherwise from PATH. The framework alone would prefer a file in the current directory.</summary>
    /// <exception cref="SmpiConfigurationException">There is none, or none that may be executed.</exception>
    public static string Find(string program)
    {
        if (program.Length == 0) throw new SmpiConfigurationException("The child process has no program: set FileName.");
        if (OperatingSystem.IsWindows()) return program;
        IEnumerable<string> candidates = program.Contains('/', StringComparison.Ordinal)
            ? [Path.GetFullPath(program)]
            : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries).Select(folder => Path.Combine(folder, program));
        string? forbidden = null;
        foreach (string candidate in candidates)
        {
            if (!File.Exists(candidate)) continue;
            if ((File.GetUnixFileMode(candidate) & Executable) != 0) return candidate;
            forbidden ??= candidate;
        }

        throw new SmpiConfigurationException(forbidden is null
            ? $"There is no program '{program}': neither as a path nor in PATH."
            : $"The program '{forbidden}' may not be executed by this user: it lacks the permission to execute.");
    }
}
