using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Smpi;

/// <summary>The guard on Unix: a small shell that waits for the end of its input.</summary>
/// <remarks>
/// The kernel closes the host's end of the pipe however the host ends. The signal for a dead parent (PR_SET_PDEATHSIG) is no help: it follows the thread that started the
/// child, and threads of the pool come and go; and grandchildren do not get it.
/// </remarks>
internal sealed class ShellGuard : IGuard
{
    // No process is started on the way, so that a busy machine does not make it slow. A process is stopped before its children are listed, so that it cannot start another one meanwhile.
    private const string Script =
        """
        exec > /dev/null 2>&1
        trap '' INT TERM HUP QUIT
        child=
        while read -r word value; do
          case $word in child) child=$value ;; released) exit 0 ;; esac
        done
        tree() {
          kill -STOP "$1"
          below=
          if [ -e "/proc/$1/task/$1/children" ]; then
            for file in /proc/"$1"/task/*/children; do read -r some < "$file"; below="$below $some"; some=; done
          else
            below=$(pgrep -P "$1")
          fi
          for process in $below; do tree "$process"; done
          kill -KILL "$1"
        }
        if [ -n "$child" ]; then tree "$child"; fi
        round=0
        while [ $round -lt 50 ]; do
          found=
          for file in $(grep -ls "$1" /proc/[0-9]*/environ); do
            process=${file#/proc/}
            kill -KILL "${process%/environ}" && found=1
          done
          [ -n "$found" ] || break
          round=$((round + 1))
        done
        """;

    private readonly Lock _gate = new();
    private readonly Process _shell;
    private bool _released;

    private ShellGuard(Process shell) => _shell = shell;

    public static ShellGuard? Start(string mark)
    {
        var start = new ProcessStartInfo("/bin/sh")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = "/",
        };
        foreach (string argument in (string[])["-c", Script, "smpi-guard", mark]) start.ArgumentList.Add(argument);
        try
        {
            if (Process.Start(start) is not { } shell) return null;

            // It has nothing to say; and the host's own outputs are not for it to hold open.
            shell.StandardOutput.Close();
            shell.StandardError.Close();
            return new ShellGuard(shell);
        }
        catch (Win32Exception)
        {
            // Without a shell there is no guard: a child that ends with its input still ends with its host.
            return null;
        }
    }

    public void Watch(Process child) => Say($"child {child.Id.ToString(CultureInfo.InvariantCulture)}\n");

    public void Forget() => Say("child\n");

    public void Release()
    {
        Say("released\n");
        lock (_gate)
        {
            if (_released) return;
            _released = true;
            _shell.StandardInput.Close();
            _shell.Dispose();
        }
    }

    private void Say(string line)
    {
        lock (_gate)
        {
            if (_released) return;
            try
            {
                // A few octets always find room in a pipe.
                _shell.StandardInput.Write(line);
                _shell.StandardInput.Flush();
            }
            catch (IOException)
            {
                // Somebody ended the guard.
            }
        }
    }
}
