using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Smpi;

/// <summary>Takes this process' standard input and output away from everybody else.</summary>
internal static partial class OwnStreams
{
    private const int Input = 0;
    private const int Output = 1;
    private const int Error = 2;
    private const int DuplicateWithCloseOnExec = 1030;
    private const int CloseOnExec = 0x80000;
    private const int StdInputHandle = -10;
    private const int StdOutputHandle = -11;
    private const int StdErrorHandle = -12;

    private static readonly Lock _gate = new();
    private static (Stream Input, OwnOutput Output)? _held;
    private static bool _taken;

    /// <summary>Keeps the real streams for the channel; from now on prints go to standard error.</summary>
    /// <exception cref="SmpiConfigurationException">They lead to a terminal, or one of them is closed.</exception>
    public static void Reserve()
    {
        lock (_gate)
        {
            if (_held is not null || _taken) return;
            RefuseTerminal();
            (Stream, OwnOutput) streams = OperatingSystem.IsWindows() ? TakeOnWindows() : TakeOnUnix();
            Console.SetOut(Console.Error);
            Console.SetIn(TextReader.Null);
            _held = streams;
        }
    }

    /// <summary>The real standard input and output.</summary>
    /// <exception cref="SmpiConfigurationException">They were taken before, or cannot be had.</exception>
    public static (Stream Input, OwnOutput Output) Take()
    {
        lock (_gate)
        {
            if (_taken)
            {
                throw new SmpiConfigurationException("The standard streams of this process carry a channel already: there is one stdio connection per process, and it cannot be made again.");
            }

            Reserve();
            (Stream, OwnOutput) streams = _held!.Value;
            (_held, _taken) = (null, true);
            return streams;
        }
    }

    // A hello is not for people: a terminal would show it as noise, and its lines would reach the reader as frames.
    private static void RefuseTerminal()
    {
        if (Console.IsInputRedirected && Console.IsOutputRedirected) return;
        throw new SmpiConfigurationException(
            $"Standard {(Console.IsInputRedirected ? "output" : "input")} of this process is a terminal, and 'stdio:' talks to a program that started this one as its child: "
            + "start it from there with UseChildProcess or an address such as 'stdio:dotnet worker.dll', or choose another address, such as 'tcp://127.0.0.1:4711', to run it by hand.");
    }

    private static (Stream, OwnOutput) TakeOnUnix()
    {
        int input = Duplicate(Input);
        int output = Duplicate(Output);
        using (SafeFileHandle nothing = File.OpenHandle("/dev/null", FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite))
        {
            int drain = (int)nothing.DangerousGetHandle();
            IReadOnlyList<int> copies = OperatingSystem.IsLinux() ? WireCopies.Find(Output, Input, input, output) : [];
            _ = dup2(drain, Input);

            // Where standard error is the same pipe, prints have nowhere to go.
            if (copies.Contains(Error)) _ = dup2(drain, Error);
            _ = dup2(Error, Output);
            foreach (int copy in copies.Where(copy => copy > Error)) _ = dup3(Error, copy, CloseOnExec);
        }

        FileStream wire = Open(output, FileAccess.Write);
        return (Open(input, FileAccess.Read), new OwnOutput(wire, wire.SafeFileHandle));
    }

    private static (Stream, OwnOutput) TakeOnWindows()
    {
        Stream input = Console.OpenStandardInput();
        Stream output = Console.OpenStandardOutput();
        _ = SetStdHandle(StdOutputHandle, GetStdHandle(StdErrorHandle));

        // Nobody closes it: it is the standard input from now on.
        SafeFileHandle nothing = File.OpenHandle("NUL", FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        _ = SetStdHandle(StdInputHandle, nothing.DangerousGetHandle());
        nothing.SetHandleAsInvalid();
        return (input, new OwnOutput(output, null));
    }

    private static int Duplicate(int descriptor)
    {
        int copy = OperatingSystem.IsLinux() ? fcntl(descriptor, DuplicateWithCloseOnExec, 3) : dup(descriptor);
        return copy >= 0 ? copy : throw new SmpiConfigurationException($"Standard {(descriptor == Input ? "input" : "output")} of this process is closed: it was not started as a child with pipes.");
    }

    private static FileStream Open(int descriptor, FileAccess access) => new(new SafeFileHandle(descriptor, ownsHandle: true), access, bufferSize: 0, isAsync: false);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int dup(int descriptor);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int dup2(int from, int to);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int dup3(int from, int to, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int fcntl(int descriptor, int command, int argument);

    [LibraryImport("kernel32", SetLastError = true)]
    private static partial nint GetStdHandle(int which);

    [LibraryImport("kernel32", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool SetStdHandle(int which, nint handle);
}
