using System.Net.Sockets;

namespace Smpi;

/// <summary>The claim on the path of a Unix socket while a listener is being set up: one process at a time looks whether the file there is alive.</summary>
internal sealed class SocketFile : IDisposable
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(10);
    private const int Tries = 200;
    private const string Suffix = ".lock";

    private readonly FileStream _lock;

    private SocketFile(FileStream held) => _lock = held;

    public static UnixDomainSocketEndPoint EndPoint(string path, string address)
    {
        if (path.Length == 0) throw new SmpiConfigurationException("A Unix socket needs a path; the form is 'unix:/run/app.sock'.");
        try
        {
            return new UnixDomainSocketEndPoint(path);
        }
        catch (ArgumentException error)
        {
            throw new SmpiConfigurationException(
                $"The path of {address} has {System.Text.Encoding.UTF8.GetByteCount(path)} octets, more than the system takes for a Unix socket (about 100): "
                + "use a shorter path, or 'ipc:' and a name.",
                error);
        }
    }

    /// <summary>Waits for the claim and removes a file that nobody answers on.</summary>
    public static async ValueTask<SocketFile> ClaimAsync(string path, string address, UnixDomainSocketEndPoint endPoint, TimeProvider time, CancellationToken ct)
    {
        FileStream held = await LockAsync(path + Suffix, time, ct).ConfigureAwait(false);
        var claim = new SocketFile(held);
        try
        {
            await RemoveStaleAsync(path, address, endPoint, ct).ConfigureAwait(false);
            return claim;
        }
        catch
        {
            claim.Dispose();
            throw;
        }
    }

    public static SmpiConfigurationException Explain(string path, string address, Exception error) =>
        Path.GetDirectoryName(Path.GetFullPath(path)) is { } directory && !Directory.Exists(directory)
            ? new SmpiConfigurationException($"{address} cannot be listened on: the directory '{directory}' does not exist. Create it first.", error)
            : TransportFaults.Listening(address, error);

    /// <summary>Stops listening, which removes the file. Under the claim, because the next listener could otherwise find its own file removed.</summary>
    public static async ValueTask CloseAsync(Socket socket, string path, TimeProvider time)
    {
        SocketFile? claim = null;
        try
        {
            claim = new SocketFile(await LockAsync(path + Suffix, time, CancellationToken.None).ConfigureAwait(false));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The directory is gone, or another claim takes too long: the socket has to close all the same.
        }

        socket.Dispose();
        claim?.Dispose();
    }

    public void Dispose()
    {
        try
        {
            File.Delete(_lock.Name);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // An empty file stays behind; it holds up nobody.
        }

        _lock.Dispose();
    }

    private static async ValueTask<FileStream> LockAsync(string path, TimeProvider time, CancellationToken ct)
    {
        for (int tries = 1; ; tries++)
        {
            try
            {
                var held = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1);
                if (File.Exists(path)) return held;

                // Opened just before its last holder removed it: the next one would lock another file.
                await held.DisposeAsync().ConfigureAwait(false);
            }
            catch (IOException error) when (error is not (DirectoryNotFoundException or PathTooLongException) && tries < Tries)
            {
                await Task.Delay(_pause, time, ct).ConfigureAwait(false);
            }
        }
    }

    private static async ValueTask RemoveStaleAsync(string path, string address, UnixDomainSocketEndPoint endPoint, CancellationToken ct)
    {
        if (!File.Exists(path) && !Directory.Exists(path)) return;
        if (!OperatingSystem.IsWindows() && !IsSocket(path)) throw new SmpiConfigurationException($"'{path}' exists and is no socket: choose another path, or remove it.");
        using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await probe.ConnectAsync(endPoint, ct).ConfigureAwait(false);
        }
        catch (SocketException error) when (error.SocketErrorCode == SocketError.ConnectionRefused)
        {
            File.Delete(path);
            return;
        }
        catch (SocketException error) when (error.SocketErrorCode == SocketError.AccessDenied)
        {
            throw new UnauthorizedAccessException(error.Message, error);
        }
        catch (SocketException) when (!File.Exists(path))
        {
            return;
        }
        catch (SocketException)
        {
            // Too busy to answer is alive.
        }

        throw TransportFaults.InUse(address);
    }

    // Sockets cannot be opened; anything else that this user may use can. Reading and writing at once does not wait for the other end of a FIFO.
    private static bool IsSocket(string path)
    {
        try
        {
            using Microsoft.Win32.SafeHandles.SafeFileHandle handle = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            return false;
        }
        catch (UnauthorizedAccessException)
        {
            return !Directory.Exists(path);
        }
        catch (IOException)
        {
            return true;
        }
    }
}
