using System.Security.Cryptography;
using System.Text;

namespace Smpi;

/// <summary>From a name to the path of a socket, the same in every process of a user.</summary>
internal static class IpcPath
{
    private const string Suffix = ".sock";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    // The least that systems allow for a socket's path: 104 octets with the final zero, on macOS; Linux has 108.
    private const int LongestPath = 103;

    public static string OwnDirectory()
    {
        string? runtime = Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR");
        if (!string.IsNullOrEmpty(runtime) && Directory.Exists(runtime)) return Path.Combine(runtime, "smpi");
        uint user = PeerCredentials.OwnUser;
        string standard = $"/run/user/{user}";
        return Directory.Exists(standard) ? Path.Combine(standard, "smpi") : Path.Combine(Path.GetTempPath(), $"smpi-{user}");
    }

    public static string Of(string directory, string name)
    {
        string path = Path.Combine(directory, FileName(name) + Suffix);
        return Encoding.UTF8.GetByteCount(path) <= LongestPath ? path : Path.Combine(directory, Hash(name) + Suffix);
    }

    public static string FileName(string name) =>
        name.Length <= 80 && !name.StartsWith('.') && name.All(sign => char.IsAsciiLetterOrDigit(sign) || sign is '.' or '-' or '_') ? name : Hash(name);

    /// <summary>Makes the directory for this user only. The mode of a directory that the user chose and that exists is the user's business.</summary>
    public static void Secure(string directory, bool isOwn, string address)
    {
        if (OperatingSystem.IsWindows()) return;
        try
        {
            Directory.CreateDirectory(directory, OwnerOnly);

            // Fails when the directory belongs to somebody else, who could put a socket of his own there.
            if (isOwn) File.SetUnixFileMode(directory, OwnerOnly);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new SmpiConfigurationException($"{address} cannot be listened on: the directory '{directory}' cannot be made private to this user. {error.Message}", error);
        }
    }

    private static string Hash(string name) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16));
}
