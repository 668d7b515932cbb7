namespace Smpi;

/// <summary>The part of an address that a protocol makes itself from: its token, its rest, and its options.</summary>
/// <param name="token">The protocol's token, such as <c>tcp</c>.</param>
/// <param name="rest">Everything after the first colon outside brackets, unchanged; for <c>tcp://host:1</c> it is <c>//host:1</c>.</param>
/// <param name="options">The options in brackets.</param>
public sealed class ProtocolAddress(string token, string rest, IReadOnlyDictionary<string, string> options)
{
    private readonly HashSet<string> _taken = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _options = new(options, StringComparer.OrdinalIgnoreCase);

    /// <summary>The protocol's token.</summary>
    public string Token { get; } = token;

    /// <summary>Everything after the first colon, unchanged.</summary>
    public string Rest { get; } = rest;

    /// <summary>What was chosen before this address, in code or by an earlier address; null for nothing. Its options stay in force where the address says nothing else.</summary>
    public IProtocol? Replaces { get; init; }

    /// <summary>Names of options that a protocol asked for, whether they were given or not.</summary>
    public IReadOnlyCollection<string> Known => _taken;

    /// <summary>Options that nobody asked for.</summary>
    public IEnumerable<string> Unknown => _options.Keys.Where(key => !_taken.Contains(key));

    /// <summary>The value of an option, or null when it is not given.</summary>
    /// <param name="option">The option's name, in any case.</param>
    public string? Take(string option)
    {
        _taken.Add(option);
        return _options.GetValueOrDefault(option);
    }

    /// <summary>The address without its options, which may be long.</summary>
    public override string ToString() => $"{Token}:{Rest}";
}
