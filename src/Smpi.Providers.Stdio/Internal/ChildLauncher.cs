using System.ComponentModel;
using System.Diagnostics;
using System.Security.Cryptography;

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

        string mark = RandomNumberGenerator.GetHexString(32, lowercase: true);
        var process = new Process { StartInfo = Describe(options, ProgramPath.Find(options.FileName), mark) };

        // The guard is there first, so that no moment is left in which the host may die and the child stay.
        IGuard? guard = Guards.Start(mark);
        try
        {
            process.Start();
            guard?.Watch(process);
            return new ChildTransport(process, mark, guard, command, options, connection);
        }
        catch (Exception error)
        {
            process.Dispose();
            guard?.Release();
            if (error is Win32Exception refusal) throw Why(options.FileName, refusal);
            throw;
        }
    }

    private static ProcessStartInfo Describe(ChildProcessOptions options, string program, string mark)
    {
        var start = new ProcessStartInfo(program)
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

        ProcessMark.Put(start.Environment, mark);
        return start;
    }

    // The numbers are those of errno, and those of Windows where they differ.
    private static SmpiException Why(string program, Win32Exception error) => error.NativeErrorCode switch
    {
        2 when File.Exists(program) => new SmpiConfigurationException($"The interpreter that '{program}' names in its first line does not exist.", error),
        2 => new SmpiConfigurationException($"There is no program '{program}': neither as a path nor in PATH.", error),
        5 or 13 => new SmpiConfigurationException($"The program '{program}' may not be executed by this user.", error),
        8 or 193 => new SmpiConfigurationException($"'{program}' is no program that this system can run.", error),
        11 or 12 or 23 or 24 when !OperatingSystem.IsWindows() =>
            new ChannelClosedException(new CloseReason(ErrorCode.ResourceExhausted, $"The program '{program}' could not be started now: {error.Message}.", ClosedBy.Local), error),
        _ => new SmpiConfigurationException($"The program '{program}' could not be started: {error.Message}.", error),
    };
}
