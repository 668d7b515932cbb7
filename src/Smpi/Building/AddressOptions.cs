namespace Smpi;

/// <summary>The options of an address that are the channel's own, such as <c>deadline=5s</c>.</summary>
internal sealed class AddressOptions(SmpiProviders providers)
{
    private static readonly string[] Own = ["deadline", "loop", "max-message", "reconnect", "heartbeat", "handshake"];

    /// <summary>Applies what the protocol did not take.</summary>
    public void Apply(PlanDraft draft, SmpiAddress address, ProtocolAddress protocol)
    {
        foreach (string key in protocol.Unknown)
        {
            string value = address.Options[key];
            switch (key.ToLowerInvariant())
            {
                case "deadline":
                    draft.Options.Deadline = Units.Duration(key, value);
                    break;
                case "loop":
                    _ = providers.Get<EventLoopEntry>(value);
                    draft.LoopName = value;
                    break;
                case "max-message":
                    draft.Limits = draft.Limits with { MessageSize = Units.Size(key, value) };
                    break;
                case "reconnect":
                    draft.Options.Reconnect = draft.Options.Reconnect with { Enabled = Units.Switch(key, value) };
                    break;
                case "heartbeat":
                    draft.Limits = draft.Limits with { HeartbeatInterval = value == "off" ? TimeSpan.Zero : Units.Duration(key, value) };
                    break;
                case "handshake":
                    draft.Limits = draft.Limits with { HandshakeTimeout = Units.Duration(key, value) };
                    break;
                default:
                    throw Unknown(key, protocol, Own);
            }
        }
    }

    /// <summary>Refuses every option that the protocol did not take.</summary>
    public static void Refuse(ProtocolAddress protocol)
    {
        if (protocol.Unknown.FirstOrDefault() is { } key) throw Unknown(key, protocol, []);
    }

    private static SmpiConfigurationException Unknown(string key, ProtocolAddress protocol, string[] further)
    {
        string[] all = [.. further.Concat(protocol.Known).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal)];
        string? nearest = KnownNames.Nearest(key, all);
        string list = all.Length == 0 ? "none" : string.Join(", ", all.Select(one => $"'{one}'"));
        return new SmpiConfigurationException(
            $"The option '{key}' in the address '{AddressText.Shown(protocol.ToString())}' is not known.{(nearest is null ? "" : $" Did you mean '{nearest}'?")} Known for '{protocol.Token}': {list}.");
    }
}
