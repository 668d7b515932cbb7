namespace Smpi.Bench;

/// <summary>The other libraries. A new one is one line here and a folder in <c>bench/peers</c>.</summary>
internal static class Peers
{
    public static IReadOnlyList<Peer> All { get; } =
    [
        new("SignalR, JSON", "signalr", ["server/bin/Release/net10.0/SignalRPeer"], ["node", "client.js"], Streams: true),
        new("vscode-jsonrpc", "vscode-jsonrpc", ["node", "server.js"], ["node", "client.js"], Streams: false),
        new("gRPC C++", "grpc", ["bin/server"], ["bin/client"], Streams: true),
        new("Cap'n Proto C++", "capnp", ["bin/server"], ["bin/client"], Streams: true),
    ];

    /// <summary>What they run of a kind of work; nothing for most kinds.</summary>
    public static IEnumerable<Workload> Of(string kind, string? limit)
    {
        string? command = kind switch
        {
            "unary, 1 in flight" => "unary {0} 1",
            "unary, 64 in flight" => "unary {0} 64",
            "unary, 512 in flight" => "unary {0} 512",
            "server stream, items" => "stream {0}",
            _ => null,
        };
        if (command is null) return [];
        return All.Where(peer => peer.Streams || !command.StartsWith("stream", StringComparison.Ordinal)).Select(peer =>
            new Workload(kind, null, _ => throw new InvalidOperationException($"{peer.Label} has processes of its own.")) { Peer = peer, PeerCommand = command, Limit = limit, Quick = true });
    }
}
