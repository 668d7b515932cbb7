using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Smpi;

/// <summary>Ends a child when its host dies without a chance to do so: a small shell that waits for the end of its input.</summary>
/// <remarks>
/// The kernel closes the host's end of the pipe however the host ends. The signal for a dead parent (PR_SET_PDEATHSIG) is no help: it follows the thread that started the
/// child, and threads of the pool come and go. Windows has job objects for this; the guardian is for Unix.
/// </remarks>
internal sealed class Guardian
{
    // A line means that the child has ended in good order; the end of input, that the host is gone.
    private const string Script =
        """
        trap '' INT TERM HUP QUIT
        tree() { for below in $(cat /proc/$1/task/*/children 2>/dev/null || pgrep -P $1 2>/dev/null); do tree $below; done; kill -9 $1 2>/dev/null; }
        read -r line || tree $1
        """;

    private readonly Process _shell;

    private Guardian(Process shell) => _shell = shell;

    public static Guardian? Over(Process child)
    {
        if (OperatingSystem.IsWindows()) return null;
        var start = new ProcessStartInfo("/bin/sh") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(Script);
        start.ArgumentList.Add("smpi-guardian");
        start.ArgumentList.Add(child.Id.ToString(CultureInfo.InvariantCulture));
        try
        {
            return Process.Start(start) is { } shell ? new Guardian(shell) : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    public async ValueTask ReleaseAsync()
    {
        try
        {
            await _shell.StandardInput.WriteLineAsync("ended").ConfigureAwait(false);
            _shell.StandardInput.Close();
        }
        catch (IOException)
        {
            // It is gone already.
        }

        await _shell.WaitForExitAsync().ConfigureAwait(false);
        _shell.Dispose();
    }
}
