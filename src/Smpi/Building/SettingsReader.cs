using System.Globalization;

namespace Smpi;

/// <summary>Applies flat settings such as <c>Limits:MessageSize = 8MiB</c> to a builder. Unknown keys are errors.</summary>
public static class SettingsReader
{
    private static readonly string[] Keys =
        ["Address", "Listen", "Protocol", "Format", "Encoding", "EventLoop", "Layers", "Deadline", "ShowErrors", "Concurrency", "Reconnect", "Limits"];

    // What other libraries call it.
    private static readonly Dictionary<string, string> OtherWords = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Url"] = "Address",
        ["Uri"] = "Address",
        ["BaseAddress"] = "Address",
        ["Endpoint"] = "Address",
        ["ConnectionString"] = "Address",
        ["Host"] = "Address",
        ["Port"] = "Address",
        ["Server"] = "Listen",
        ["Urls"] = "Listen",
        ["Transport"] = "Protocol",
        ["Serializer"] = "Encoding",
        ["Codec"] = "Encoding",
        ["Scheduler"] = "EventLoop",
        ["Loop"] = "EventLoop",
        ["Timeout"] = "Deadline",
        ["Retry"] = "Reconnect",
        ["MaxMessageSize"] = "Limits:MessageSize",
    };

    private static readonly string[] ReconnectKeys = ["Enabled", "FirstDelay", "MaxDelay", "Factor", "Jitter", "MaxAttempts"];

    /// <summary>Applies settings. They win over code and over the address.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="settings">Keys with colons between their parts, in any case and order; entries without a value are sections and are skipped.</param>
    /// <param name="where">Where the settings stand, for error messages, such as <c>Smpi:Channels:worker</c>.</param>
    /// <exception cref="SmpiConfigurationException">A key is not known, or a value cannot be read.</exception>
    public static void Apply(ISmpiBuilder builder, IEnumerable<KeyValuePair<string, string?>> settings, string where)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(settings);
        NamedParts named = builder.Settings<NamedParts>();
        named.Where = where;
        var endpoint = new SettingsEndpoint();
        var encodings = new SortedDictionary<int, string>();
        var layers = new SortedDictionary<int, string>();
        foreach ((string key, string? value) in settings)
        {
            if (value is null) continue;
            string[] path = key.Split(':');
            bool taken;
            try
            {
                taken = endpoint.TryTake(path, value) || TryList("ENCODING", encodings, path, value) || TryList("LAYERS", layers, path, value) || TryApply(named, path, value);
            }
            catch (SmpiConfigurationException error)
            {
                throw new SmpiConfigurationException($"The setting '{where}:{key}' cannot be used. {error.Message}", error.InnerException);
            }

            if (!taken) throw Unknown(where, key, path);
        }

        named.AddressKey = endpoint.Apply(builder.Settings<ChannelParts>(), where) ?? named.AddressKey;
        if (encodings.Count > 0) named.Encodings = [.. encodings.Values];
        if (layers.Count > 0) named.Layers = [.. layers.Values];
    }

    // A list is one text with commas, or a section of numbers.
    private static bool TryList(string name, SortedDictionary<int, string> list, string[] path, string value)
    {
        if (!path[0].Equals(name, StringComparison.OrdinalIgnoreCase)) return false;
        if (path.Length == 2 && int.TryParse(path[1], NumberStyles.None, CultureInfo.InvariantCulture, out int index)) return list.TryAdd(index, value);
        if (path.Length != 1) return false;
        foreach (string one in value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)) list.Add(int.MinValue + list.Count, one);
        return true;
    }

    private static bool TryApply(NamedParts named, string[] path, string value)
    {
        string second = path.Length == 2 ? path[1] : "";
        switch (path[0].ToUpperInvariant())
        {
            case "PROTOCOL" when path.Length == 1:
                named.Protocol = value;
                return true;
            case "FORMAT" when path.Length == 1:
                named.Format = value;
                return true;
            case "EVENTLOOP" when path.Length == 1:
                named.EventLoop = value;
                return true;
            case "DEADLINE" when path.Length == 1:
                TimeSpan deadline = Units.Duration("Deadline", value);
                named.Changes.Add(draft => draft.Options.Deadline = deadline);
                return true;
            case "SHOWERRORS" when path.Length == 1:
                bool show = Units.Switch("ShowErrors", value);
                named.Changes.Add(draft => draft.Options.ShowErrors = show);
                return true;
            case "CONCURRENCY" when path.Length == 1:
                int concurrency = Units.Count("Concurrency", value, least: 1);
                named.Changes.Add(draft => draft.Options.Concurrency = concurrency);
                return true;
            case "RECONNECT" when path.Length == 1:
                return TryReconnect(named, "Enabled", value);
            case "RECONNECT" when path.Length == 2:
                return TryReconnect(named, second, value);
            case "LIMITS" when path.Length == 2:
                if (LimitSettings.TryApply(SmpiLimits.Default, second, value) is null) return false;
                named.Changes.Add(draft => draft.Limits = LimitSettings.TryApply(draft.Limits, second, value)!);
                return true;
            default:
                return false;
        }
    }

    private static bool TryReconnect(NamedParts named, string key, string value)
    {
        if (Reconnect(new ReconnectOptions(), key, value) is null) return false;
        named.Changes.Add(draft => draft.Options.Reconnect = Reconnect(draft.Options.Reconnect, key, value)!);
        return true;
    }

    private static ReconnectOptions? Reconnect(ReconnectOptions old, string key, string value) => key.ToUpperInvariant() switch
    {
        "ENABLED" => old with { Enabled = Units.Switch(key, value) },
        "FIRSTDELAY" => old with { FirstDelay = Units.Duration(key, value) },
        "MAXDELAY" => old with { MaxDelay = Units.Duration(key, value) },
        "FACTOR" => old with { Factor = Units.Number(key, value, 1, 100) },
        "JITTER" => old with { Jitter = Units.Number(key, value, 0, 1) },
        "MAXATTEMPTS" => old with { MaxAttempts = Units.Count(key, value) },
        _ => null,
    };

    private static SmpiConfigurationException Unknown(string where, string key, string[] path)
    {
        string[] known = path.Length < 2 ? Keys : path[0].ToUpperInvariant() switch
        {
            "LIMITS" => [.. LimitSettings.Keys.Select(one => $"Limits:{one}")],
            "RECONNECT" => [.. ReconnectKeys.Select(one => $"Reconnect:{one}")],
            _ => Keys,
        };
        string? nearest = path.Length < 2 ? OtherWords.GetValueOrDefault(key) ?? KnownNames.Nearest(key, known) : KnownNames.Nearest(key, known);
        return new SmpiConfigurationException($"The setting '{where}:{key}' is not known.{(nearest is null ? "" : $" Did you mean '{nearest}'?")} Known here: {string.Join(", ", known)}.");
    }
}
