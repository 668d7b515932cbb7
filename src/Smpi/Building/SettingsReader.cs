namespace Smpi;

/// <summary>Applies flat settings such as <c>Limits:MessageSize = 8MiB</c> to a builder. Unknown keys are errors.</summary>
public static class SettingsReader
{
    private static readonly string[] Keys =
        ["Address", "Listen", "Protocol", "Format", "Encoding", "EventLoop", "Layers", "Deadline", "ShowErrors", "Concurrency", "Reconnect", "Limits"];

    private static readonly string[] ReconnectKeys = ["Enabled", "FirstDelay", "MaxDelay", "Factor", "Jitter", "MaxAttempts"];

    /// <summary>Applies settings.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="settings">Keys with colons between their parts, in any case; entries without a value are sections and are skipped.</param>
    /// <param name="where">Where the settings stand, for error messages, such as <c>Smpi:Channels:worker</c>.</param>
    /// <exception cref="SmpiConfigurationException">A key is not known, or a value cannot be read.</exception>
    public static void Apply(ISmpiBuilder builder, IEnumerable<KeyValuePair<string, string?>> settings, string where)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(settings);
        foreach ((string key, string? value) in settings)
        {
            if (value is null) continue;
            string[] path = key.Split(':');
            if (!TryApply(builder, path, value)) throw Unknown(where, key, path);
        }
    }

    private static bool TryApply(ISmpiBuilder builder, string[] path, string value)
    {
        ChannelParts parts = builder.Settings<ChannelParts>();
        NamedParts named = builder.Settings<NamedParts>();
        ChannelOptions options = builder.Settings<ChannelOptions>();
        string second = path.Length == 2 ? path[1] : "";
        switch (path[0].ToUpperInvariant())
        {
            case "ADDRESS" when path.Length == 1:
                (parts.Address, parts.Listen) = (value, false);
                return true;
            case "LISTEN" when path.Length == 1:
                (parts.Address, parts.Listen) = (value, true);
                return true;
            case "PROTOCOL" when path.Length == 1:
                named.Protocol = value;
                return true;
            case "FORMAT" when path.Length == 1:
                named.Format = value;
                return true;
            case "ENCODING" when path.Length == 1:
                named.Encodings = value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
                return true;
            case "ENCODING" when int.TryParse(second, out _):
                named.Encodings = [.. named.Encodings, value];
                return true;
            case "EVENTLOOP" when path.Length == 1:
                named.EventLoop = value;
                return true;
            case "LAYERS" when path.Length == 1:
                named.Layers = value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
                return true;
            case "LAYERS" when int.TryParse(second, out _):
                named.Layers = [.. named.Layers, value];
                return true;
            case "DEADLINE" when path.Length == 1:
                options.Deadline = Units.Duration("Deadline", value);
                return true;
            case "SHOWERRORS" when path.Length == 1:
                options.ShowErrors = Units.Switch("ShowErrors", value);
                return true;
            case "CONCURRENCY" when path.Length == 1:
                options.Concurrency = Units.Count("Concurrency", value);
                return true;
            case "RECONNECT" when path.Length == 1:
                options.Reconnect = options.Reconnect with { Enabled = Units.Switch("Reconnect", value) };
                return true;
            case "RECONNECT" when path.Length == 2:
                return TryReconnect(options, second, value);
            case "LIMITS" when path.Length == 2:
                if (LimitSettings.TryApply(parts.Limits, second, value) is not { } limits) return false;
                parts.Limits = limits;
                return true;
            default:
                return false;
        }
    }

    private static bool TryReconnect(ChannelOptions options, string key, string value)
    {
        ReconnectOptions old = options.Reconnect;
        ReconnectOptions? changed = key.ToUpperInvariant() switch
        {
            "ENABLED" => old with { Enabled = Units.Switch(key, value) },
            "FIRSTDELAY" => old with { FirstDelay = Units.Duration(key, value) },
            "MAXDELAY" => old with { MaxDelay = Units.Duration(key, value) },
            "FACTOR" => old with { Factor = Units.Number(key, value) },
            "JITTER" => old with { Jitter = Units.Number(key, value) },
            "MAXATTEMPTS" => old with { MaxAttempts = Units.Count(key, value) },
            _ => null,
        };
        if (changed is null) return false;
        options.Reconnect = changed;
        return true;
    }

    private static SmpiConfigurationException Unknown(string where, string key, string[] path)
    {
        string[] known = path.Length < 2 ? Keys : path[0].ToUpperInvariant() switch
        {
            "LIMITS" => [.. LimitSettings.Keys.Select(one => $"Limits:{one}")],
            "RECONNECT" => [.. ReconnectKeys.Select(one => $"Reconnect:{one}")],
            _ => Keys,
        };
        string? nearest = KnownNames.Nearest(key, known);
        return new SmpiConfigurationException($"The setting '{where}:{key}' is not known.{(nearest is null ? "" : $" Did you mean '{nearest}'?")} Known here: {string.Join(", ", known)}.");
    }
}
