using System.Globalization;

namespace Smpi;

/// <summary>Addresses as they may be shown to people: secrets do not belong there, and are not repeated if somebody put them there.</summary>
internal static class AddressText
{
    private const int Longest = 200;
    private const string Hidden = "***";
    private static readonly string[] Secrets = ["password", "secret", "token"];

    /// <summary>The address without user names and passwords, queries, and values whose name says that they are secret.</summary>
    public static string Shown(string address)
    {
        string shown = WithoutUser(address);
        foreach (string secret in Secrets) shown = WithoutValues(shown, secret);
        return shown.Length > Longest ? shown[..Longest] + "..." : shown;
    }

    /// <summary>Whether the text is a host and a port, to which only a protocol is missing.</summary>
    public static bool HostAndPort(string text)
    {
        int colon = text.LastIndexOf(':');
        if (colon < 1 || !ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out _)) return false;
        string host = text[..colon];
        bool bracketed = host.StartsWith('[') && host.EndsWith(']');
        return Uri.CheckHostName(bracketed ? host[1..^1] : host) is var kind && (bracketed ? kind == UriHostNameType.IPv6 : kind is UriHostNameType.Dns or UriHostNameType.IPv4);
    }

    private static string WithoutUser(string address)
    {
        int start = address.IndexOf("://", StringComparison.Ordinal) + 3;
        if (start < 3) return address;
        int query = address.IndexOf('?', start);
        string shown = query < 0 ? address : string.Concat(address.AsSpan(0, query + 1), Hidden);
        int length = shown.AsSpan(start).IndexOfAny("/?#");
        int at = shown.AsSpan(start, length < 0 ? shown.Length - start : length).LastIndexOf('@');
        return at < 0 ? shown : string.Concat(shown.AsSpan(0, start), Hidden, shown.AsSpan(start + at));
    }

    private static string WithoutValues(string address, string secret)
    {
        for (int at = 0; (at = address.IndexOf(secret, at, StringComparison.OrdinalIgnoreCase)) >= 0;)
        {
            at += secret.Length;
            while (at < address.Length && (char.IsAsciiLetterOrDigit(address[at]) || address[at] is '-' or '_')) at++;
            if (at >= address.Length || address[at] != '=') continue;

            // The value may be quoted and hold commas: everything up to the end of the options goes.
            int end = address.IndexOf("]:", at, StringComparison.Ordinal);
            address = string.Concat(address.AsSpan(0, at + 1), Hidden, end < 0 ? "" : address.AsSpan(end));
        }

        return address;
    }
}
