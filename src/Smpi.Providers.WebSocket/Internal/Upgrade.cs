using System.Security.Cryptography;
using System.Text;

namespace Smpi;

/// <summary>The server's half of the opening handshake (RFC 6455, section 4.2): one bounded request head, one answer.</summary>
internal sealed class Upgrade(Stream stream, string path, string? subprotocol, ICollection<string> origins, string remote)
{
    private const int MaxHead = 8 * 1024;

    public async ValueTask RunAsync(CancellationToken ct)
    {
        (int status, string text) = await AnswerAsync(ct).ConfigureAwait(false);
        if (status == 101)
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(text), ct).ConfigureAwait(false);
            return;
        }

        string extra = status switch { 426 => "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n", 405 => "Allow: GET\r\n", _ => "" };
        byte[] refusal = Encoding.ASCII.GetBytes(
            $"HTTP/1.1 {status} {Phrase(status)}\r\n{extra}Content-Type: text/plain\r\nContent-Length: {text.Length}\r\nConnection: close\r\n\r\n{text}");
        await stream.WriteAsync(refusal, ct).ConfigureAwait(false);
        throw ChannelClosedException.ProtocolError($"{remote} was refused with HTTP {status}: {text}");
    }

    private static string Phrase(int status) => status switch
    {
        400 => "Bad Request",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        426 => "Upgrade Required",
        _ => "Request Header Fields Too Large",
    };

    private async ValueTask<(int Status, string Text)> AnswerAsync(CancellationToken ct)
    {
        byte[] head = new byte[MaxHead];
        int count = 0;
        int end;
        while ((end = head.AsSpan(0, count).IndexOf("\r\n\r\n"u8)) < 0)
        {
            if (count == MaxHead) return (431, $"The head of the request exceeds {MaxHead} octets.");
            int read = await stream.ReadAsync(head.AsMemory(count), ct).ConfigureAwait(false);
            if (read == 0) throw ChannelClosedException.ProtocolError($"{remote} closed before its request was complete.");
            count += read;
        }

        return end + 4 < count ? (400, "Nothing may follow the request before it is answered.") : Judge(Encoding.Latin1.GetString(head, 0, end).Split("\r\n"));
    }

    private (int Status, string Text) Judge(string[] lines)
    {
        string[] start = lines[0].Split(' ');
        if (start.Length != 3 || start[2] != "HTTP/1.1") return (400, "The request line is not one of HTTP/1.1.");
        if (start[0] != "GET") return (405, "Only GET is answered here.");
        var fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (string line in lines.Skip(1))
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon < 1 || line[..colon].AsSpan().IndexOfAny(" \t") >= 0) return (400, "A header field is malformed.");
            string value = line[(colon + 1)..].Trim(' ', '\t');
            if (fields.TryAdd(line[..colon], value)) continue;
            if (IsOnce(line[..colon])) return (400, "A header field stands twice.");
            fields[line[..colon]] += "," + value;
        }

        if (!fields.TryGetValue("Host", out string? host) || host.Length == 0) return (400, "The field Host is missing.");
        if (fields.ContainsKey("Transfer-Encoding") || fields.GetValueOrDefault("Content-Length", "0") != "0") return (400, "The request may have no body.");
        if (start[1].Split('?')[0] != path) return (404, "There is no Smpi endpoint at this path.");
        if (!Has(fields, "Upgrade", "websocket") || !Has(fields, "Connection", "upgrade")) return (426, "Smpi is spoken here over WebSocket only.");
        if (fields.GetValueOrDefault("Sec-WebSocket-Version") != "13") return (426, "Version 13 of WebSocket is spoken here.");
        if (fields.TryGetValue("Origin", out string? origin) && !origins.Contains(origin)) return (403, "The origin is not allowed here.");
        if (subprotocol is not null && !Has(fields, "Sec-WebSocket-Protocol", subprotocol)) return (400, $"The subprotocol {subprotocol} is needed.");
        string key = fields.GetValueOrDefault("Sec-WebSocket-Key", "");
        return IsKey(key) ? (101, Accepted(key)) : (400, "The field Sec-WebSocket-Key is no key.");
    }

    private static bool IsOnce(string name) => name.ToUpperInvariant() is "HOST" or "ORIGIN" or "SEC-WEBSOCKET-KEY" or "SEC-WEBSOCKET-VERSION" or "CONTENT-LENGTH";

    private static bool Has(Dictionary<string, string> fields, string name, string token) =>
        fields.GetValueOrDefault(name, "").Split(',').Any(one => one.Trim().Equals(token, StringComparison.OrdinalIgnoreCase));

    private static bool IsKey(string key) => key.Length == 24 && Convert.TryFromBase64String(key, stackalloc byte[18], out int count) && count == 16;

    // RFC 6455 fixes SHA-1 and the identifier: they prove that the answer is of a WebSocket server, and protect nothing.
    private string Accepted(string key)
    {
#pragma warning disable CA5350
        string accept = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
#pragma warning restore CA5350
        string chosen = subprotocol is null ? "" : $"Sec-WebSocket-Protocol: {subprotocol}\r\n";
        return $"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accept}\r\n{chosen}\r\n";
    }
}
