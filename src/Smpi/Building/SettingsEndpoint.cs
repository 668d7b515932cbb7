namespace Smpi;

/// <summary>The settings <c>Address</c> and <c>Listen</c>, of which there may be one.</summary>
internal sealed class SettingsEndpoint
{
    private string? _address;
    private string? _listen;

    public bool TryTake(string[] path, string value)
    {
        if (path.Length != 1) return false;
        if (path[0].Equals("Address", StringComparison.OrdinalIgnoreCase)) _address = value;
        else if (path[0].Equals("Listen", StringComparison.OrdinalIgnoreCase)) _listen = value;
        else return false;
        return true;
    }

    /// <summary>Puts what was said into the parts; the key of the address, or null when none was said.</summary>
    public string? Apply(ChannelParts parts, string where)
    {
        string? key = _address is null ? null : "Address";
        if (_address is not null) (parts.Address, parts.Listen) = (_address, false);
        if (_listen is null) return key;

        // Without a colon it is a switch: it listens on what 'Address' or 'Protocol' says.
        if (!_listen.Contains(':', StringComparison.Ordinal))
        {
            parts.Listen = Units.Switch($"{where}:Listen", _listen);
            return key;
        }

        if (_address is not null) throw new SmpiConfigurationException($"The settings '{where}:Address' and '{where}:Listen' both hold an address: a channel connects or listens, keep one.");
        (parts.Address, parts.Listen) = (_listen, true);
        return "Listen";
    }
}
