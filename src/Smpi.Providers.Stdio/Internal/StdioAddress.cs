using System.Globalization;

namespace Smpi;

/// <summary>Makes a protocol of <c>stdio:</c>, <c>stdio:command</c> or <c>stdio:["exact","arguments"]</c>.</summary>
internal static class StdioAddress
{
    private const double MostSeconds = 24 * 60 * 60;

    public static IProtocol Create(ProtocolAddress address)
    {
        string? directory = address.Take("cwd");
        string? grace = address.Take("grace");
        string? tail = address.Take("tail");
        if (address.Rest.Trim().Length == 0)
        {
            if (directory is not null || grace is not null || tail is not null) throw new SmpiConfigurationException("'stdio:' without a command is this process' own streams: cwd, grace and tail are options of a child process.");
            return new StdioProtocol((address.Replaces as StdioProtocol)?.Options);
        }

        List<string> command = CommandLine.Split(address.Rest);
        ChildProcessOptions given = (address.Replaces as ChildProcessProtocol)?.Options ?? new ChildProcessOptions { FileName = command[0] };
        ChildProcessOptions options = given with { FileName = command[0], Arguments = command[1..], WorkingDirectory = directory ?? given.WorkingDirectory };
        if (grace is not null) options = options with { GraceTime = Duration(grace) };
        if (tail is not null) options = options with { ErrorTailLines = Count(tail) };
        return new ChildProcessProtocol(options);
    }

    private static TimeSpan Duration(string text)
    {
        bool milliseconds = text.EndsWith("ms", StringComparison.Ordinal);
        string value = milliseconds ? text[..^2] : text.EndsWith('s') ? text[..^1] : "";
        if (!double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double count) || count > MostSeconds)
        {
            throw new SmpiConfigurationException($"'{text}' is no grace time: write 500ms or 5s, at most a day.");
        }

        return milliseconds ? TimeSpan.FromMilliseconds(count) : TimeSpan.FromSeconds(count);
    }

    private static int Count(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count)
        ? count
        : throw new SmpiConfigurationException($"'{text}' is no number of lines for 'tail': write a whole number such as 20.");
}
