using System.Globalization;

namespace Smpi;

/// <summary>Finds the descriptors of this process that lead to the same pipe or socket as another one. Linux only.</summary>
/// <remarks>The framework's console gives every writer a descriptor of its own; one that was made early, such as a logger's, would still write to the wire.</remarks>
internal static class WireCopies
{
    private const string Self = "/proc/self/fd";
    private const int AccessMode = 3;

    /// <summary>The descriptors that can write there, without those that are named.</summary>
    public static IReadOnlyList<int> Find(int descriptor, params ReadOnlySpan<int> except)
    {
        var found = new List<int>();
        try
        {
            string? target = Target(descriptor);
            if (target is null || !(target.StartsWith("pipe:", StringComparison.Ordinal) || target.StartsWith("socket:", StringComparison.Ordinal))) return found;
            foreach (string file in Directory.GetFileSystemEntries(Self))
            {
                int other = int.Parse(Path.GetFileName(file), CultureInfo.InvariantCulture);
                if (other != descriptor && !except.Contains(other) && Target(other) == target && CanWrite(other)) found.Add(other);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Without /proc only what is made from now on is caught.
        }

        return found;
    }

    private static string? Target(int descriptor)
    {
        try
        {
            return new FileInfo($"{Self}/{descriptor.ToString(CultureInfo.InvariantCulture)}").LinkTarget;
        }
        catch (IOException)
        {
            // Closed since it was listed.
            return null;
        }
    }

    private static bool CanWrite(int descriptor)
    {
        string? flags = File.ReadLines($"/proc/self/fdinfo/{descriptor.ToString(CultureInfo.InvariantCulture)}").FirstOrDefault(line => line.StartsWith("flags:", StringComparison.Ordinal));
        return flags is not null && (Convert.ToInt32(flags["flags:".Length..].Trim(), 8) & AccessMode) != 0;
    }
}
