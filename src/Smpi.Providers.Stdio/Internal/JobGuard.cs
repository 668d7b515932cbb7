using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Smpi;

/// <summary>The guard on Windows: a job object whose processes end when its last handle is closed, which the system does however the host ends.</summary>
/// <remarks>What the child starts before it is in the job, in the first moment of its life, stays outside.</remarks>
[SupportedOSPlatform("windows")]
internal sealed partial class JobGuard : IGuard
{
    private const int ExtendedLimits = 9;
    private const uint KillOnClose = 0x2000;

    private readonly Lock _gate = new();
    private nint _job;

    private JobGuard(nint job) => _job = job;

    public static JobGuard? Create()
    {
        nint job = CreateJobObject(0, 0);
        if (job == 0) return null;
        Limit(job, KillOnClose);
        return new JobGuard(job);
    }

    // A job inside a job that forbids it cannot be had: the child is then without a guard.
    public void Watch(Process child) => _ = AssignProcessToJobObject(_job, child.Handle);

    public void Forget()
    {
        // A job knows its processes by more than their ids.
    }

    public void Release()
    {
        lock (_gate)
        {
            if (_job == 0) return;
            Limit(_job, 0);
            _ = CloseHandle(_job);
            _job = 0;
        }
    }

    private static void Limit(nint job, uint flags)
    {
        var limits = new Limits { Flags = flags };
        _ = SetInformationJobObject(job, ExtendedLimits, in limits, (uint)Marshal.SizeOf<Limits>());
    }

    [LibraryImport("kernel32", EntryPoint = "CreateJobObjectW", SetLastError = true)]
    private static partial nint CreateJobObject(nint security, nint name);

    [LibraryImport("kernel32", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool SetInformationJobObject(nint job, int kind, in Limits limits, uint size);

    [LibraryImport("kernel32", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool AssignProcessToJobObject(nint job, nint process);

    [LibraryImport("kernel32", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool CloseHandle(nint handle);

    // JOBOBJECT_EXTENDED_LIMIT_INFORMATION: https://learn.microsoft.com/windows/win32/api/winnt/ns-winnt-jobobject_extended_limit_information
    [StructLayout(LayoutKind.Sequential)]
    private struct Limits
    {
        public long ProcessTime;
        public long JobTime;
        public uint Flags;
        public nuint LeastWorkingSet;
        public nuint MostWorkingSet;
        public uint Processes;
        public nuint Affinity;
        public uint Priority;
        public uint Scheduling;
        public ulong ReadOperations;
        public ulong WriteOperations;
        public ulong OtherOperations;
        public ulong ReadOctets;
        public ulong WrittenOctets;
        public ulong OtherOctets;
        public nuint ProcessMemory;
        public nuint JobMemory;
        public nuint PeakProcessMemory;
        public nuint PeakJobMemory;
    }
}
