namespace Smpi;

/// <summary>The options of an address that are the channel's own, such as <c>deadline=5s</c>.</summary>
internal static class AddressOptions
{
    private static readonly string[] Known = ["deadline", "loop", "max-message", "reconnect", "heartbeat", "handshake"];

    public static void Apply(SmpiAddress address, ProtocolAddress protocol, ChannelParts parts, ChannelOptions options, SmpiProviders providers)
    {
        foreach (string key in protocol.Unknown.ToArray())
        {
            string value = address.Options[key];
            switch (key.ToLowerInvariant())
            {
                case "deadline":
                    options.Deadline = Units.Duration(key, value);
                    break;
                case "loop":
                    parts.EventLoop = providers.Get<EventLoopEntry>("event loop", value).Create();
                    break;
                case "max-message":
                    parts.Limits = parts.Limits with { MessageSize = Units.Size(key, value) };
                    break;
                case "reconnect":
                    options.Reconnect = options.Reconnect with { Enabled = Units.Switch(key, value) };
                    break;
                case "heartbeat":
                    parts.Limits = parts.Limits with { HeartbeatInterval = value == "off" ? TimeSpan.Zero : Units.Duration(key, value) };
                    break;
                case "handshake":
                    parts.Limits = parts.Limits with { HandshakeTimeout = Units.Duration(key, value) };
                    break;
                default:
                    string[] all = [.. Known.Concat(protocol.Known).Order(StringComparer.Ordinal)];
                    string? nearest = KnownNames.Nearest(key, all);
                    throw new SmpiConfigurationException(
                        $"The option '{key}' in the address '{protocol}' is not known.{(nearest is null ? "" : $" Did you mean '{nearest}'?")} Known for '{address.Protocol}': {string.Join(", ", all.Select(one => $"'{one}'"))}.");
            }
        }
    }
}
