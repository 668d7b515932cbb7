using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Smpi;

/// <summary>Writes to this process' real standard output.</summary>
/// <remarks>
/// A blocking pipe is written to on a thread of the pool, which may wait there. On Linux a pipe with room takes PIPE_BUF octets at once, so a small
/// write needs no other thread; see <see href="https://man7.org/linux/man-pages/man7/pipe.7.html"/>. Nobody else writes to it.
/// </remarks>
internal sealed partial class OwnOutput(Stream stream, SafeFileHandle? handle) : IAsyncDisposable
{
    private const int PipeBuf = 4096;
    private const short Writable = 4;

    /// <summary>Writes all octets.</summary>
    /// <param name="octets">Lent until the task ends; a write that was left behind may still read them.</param>
    /// <param name="ct">Leaves a write behind that waits.</param>
    public ValueTask WriteAsync(ReadOnlyMemory<byte> octets, CancellationToken ct)
    {
        if (octets.Length > PipeBuf || !HasRoom()) return new ValueTask(stream.WriteAsync(octets, ct).AsTask().WaitAsync(ct));
        stream.Write(octets.Span);
        return default;
    }

    public ValueTask DisposeAsync() => stream.DisposeAsync();

    private bool HasRoom()
    {
        if (handle is null || !OperatingSystem.IsLinux()) return false;
        var question = new PollDescriptor { Descriptor = (int)handle.DangerousGetHandle(), Events = Writable };
        return poll(ref question, 1, 0) == 1 && question.Returned == Writable;
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int poll(ref PollDescriptor descriptors, nuint count, int timeout);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollDescriptor
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }
}
