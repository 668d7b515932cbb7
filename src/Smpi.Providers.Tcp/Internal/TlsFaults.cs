using System.Text;

namespace Smpi;

/// <summary>Reads what the framework and the peer say about a TLS failure.</summary>
internal static class TlsFaults
{
    private const string Mark = " alert ";

    /// <summary>The peer's alert, such as <c>unknown ca</c>; null when there was none, or the system does not tell.</summary>
    public static string? Alert(Exception? error)
    {
        for (; error is not null; error = error.InnerException)
        {
            // OpenSSL: 'error:0A000418:SSL routines::tlsv1 alert unknown ca'.
            int at = error.Message.IndexOf(Mark, StringComparison.Ordinal);
            if (at >= 0 && error.Message.Contains("SSL routines", StringComparison.Ordinal)) return Known(error.Message[(at + Mark.Length)..].TrimEnd('.', ' '));
        }

        return null;
    }

    public static bool IsAboutCertificates(string alert) =>
        alert.Contains("certificate", StringComparison.Ordinal) || alert.Contains("unknown issuer", StringComparison.Ordinal) || alert.Contains("access", StringComparison.Ordinal);

    /// <summary>How octets begin that are no TLS record; null when they are one, or there are none.</summary>
    /// <remarks>A record starts with its type, 20 to 24, and major version 3: RFC 8446, section 5.1.</remarks>
    public static string? NoTls(ReadOnlySpan<byte> head)
    {
        if (head.IsEmpty || (head[0] is >= 20 and <= 24 && (head.Length < 2 || head[1] == 3))) return null;
        var text = new StringBuilder();
        foreach (byte octet in head) text.Append(octet is >= 0x20 and < 0x7F ? (char)octet : '.');
        return $"{Convert.ToHexString(head)} ('{text}')";
    }

    /// <summary>Whether octets begin like a hello of the native format: length, type, no flags, the magic.</summary>
    public static bool IsPlainHello(ReadOnlySpan<byte> head) => head.Length >= 10 && head[4] == 0x10 && head[5] == 0 && head[6..10].SequenceEqual("SMPI"u8);

    private static string Known(string alert) => alert switch
    {
        "unknown ca" => "its certificate has an unknown issuer",
        "bad certificate" => "the certificate is not acceptable",
        "certificate expired" => "the certificate expired",
        "certificate revoked" => "the certificate was withdrawn",
        "certificate required" => "a certificate is required",
        "certificate unknown" => "the certificate is not acceptable",
        "unsupported certificate" => "the kind of certificate is not supported",
        "access denied" => "access is denied",
        "handshake failure" => "the handshake failed; a certificate may be required, or no cipher is common",
        "protocol version" => "no version of TLS is common; this side speaks 1.2 and 1.3",
        _ => alert,
    };
}
