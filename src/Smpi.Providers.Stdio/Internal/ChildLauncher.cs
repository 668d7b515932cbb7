using System.ComponentModel;
using System.Diagnostics;

namespace Smpi;

/// <summary>Starts child processes, and says in one sentence why one cannot be started.</summary>
internal static class ChildLauncher
{
    public static ChildTransport Start(ChildProcessOptions options, ConnectionOptions connection)
    {
        string command = CommandLine.Join(options.FileName, options.Arguments);
        if (options.WorkingDirectory is { } directory && !Directory.Exists(directory))
        {
            throw new SmpiConfigurationException($"The working directory '{directory}' of the child process '{command}' does not exist.");
        }

        var start = new ProcessStartInfo(options.FileName)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
            WorkingDirectory = options.WorkingDirectory ?? "",
        };
        foreach (string argument in options.Arguments) start.ArgumentList.Add(argument);
        foreach ((string name, string? value) in options.Environment)
        {
            if (value is null) start.Environment.Remove(name);
            else start.Environment[name] = value;
        }

        var process = new Process { StartInfo = start };
        try
        {
            process.Start();
            return new ChildTransport(process, command, options, connection);
        }
        catch (Win32Exception error)
        {
            process.Dispose();
            throw new SmpiConfigurationException(Why(options.FileName, error), error);
        }
    }

    // The numbers are those of errno: no such file, no permission, not a program.
    private static string Why(string program, Win32Exception error) => error.NativeErrorCode switch
    {
        2 => $"There is no program '{program}': neither as a path nor in PATH.",
        5 or 13 => $"The program '{program}' may not be executed by this user.",
        8 or 193 => $"'{program}' is no program that this system can run.",
        _ => $"The program '{program}' could not be started: {error.Message}",
    };
}
