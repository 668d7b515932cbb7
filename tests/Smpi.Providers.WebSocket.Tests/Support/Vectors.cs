using System.Globalization;

namespace Smpi.Providers.WebSocket.Tests;

/// <summary>Octets of the native format, from the files that its page shows.</summary>
internal static class Vectors
{
    public static byte[] Read(string name) =>
    [
        .. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "vectors", name + ".hex"))
            .SelectMany(static line => line.Split('#')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(static octet => byte.Parse(octet, NumberStyles.HexNumber, CultureInfo.InvariantCulture)),
    ];
}
