using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Smpi;

/// <summary>A variable in the environment of a child that all its descendants inherit, so that they are found whoever adopted them.</summary>
/// <remarks>A child that is itself a host adds its own marks to the one it has. Looking for marks needs <c>/proc</c>, so it is done on Linux only.</remarks>
internal static partial class ProcessMark
{
    /// <summary>The variable's name.</summary>
    public const string Variable = "SMPI_TREE";

    private const int MostRounds = 50;
    private const int Kill = 9;

    public static void Put(IDictionary<string, string?> environment, string mark) =>
        environment[Variable] = environment.TryGetValue(Variable, out string? outer) && outer is { Length: > 0 } ? $"{outer}:{mark}" : mark;

    /// <summary>Kills a process with all its descendants, as far as they can be found.</summary>
    public static void KillTree(Process process, string mark)
    {
        try
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
        catch (Exception error) when (error is InvalidOperationException or System.ComponentModel.Win32Exception or AggregateException)
        {
            // It ended by itself in the meantime, or belongs to somebody else by now.
        }

        // What a descendant started while its tree was looked through is found in the next round.
        if (!OperatingSystem.IsLinux()) return;
        byte[] sought = Encoding.ASCII.GetBytes(mark);
        for (int round = 0; round < MostRounds && KillMarked(sought); round++)
        {
        }
    }

    private static bool KillMarked(byte[] sought)
    {
        bool found = false;
        foreach (string directory in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(directory), NumberStyles.None, CultureInfo.InvariantCulture, out int process) || !Has(directory, sought)) continue;
            found |= kill(process, Kill) == 0;
        }

        return found;
    }

    private static bool Has(string directory, byte[] sought)
    {
        try
        {
            return File.ReadAllBytes($"{directory}/environ").AsSpan().IndexOf(sought) >= 0;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It has ended, or belongs to another user and is none of ours.
            return false;
        }
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int kill(int process, int signal);
}
