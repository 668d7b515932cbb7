namespace Smpi;

/// <summary>How two sides agree on an encoding: the first of the dialler's list that the listener has.</summary>
public static class EncodingAgreement
{
    /// <summary>Finds the encoding both sides have. Both sides come to the same result.</summary>
    /// <param name="remote">The peer, for the sentence of a failure.</param>
    /// <param name="own">What this side said.</param>
    /// <param name="peer">What the peer said.</param>
    /// <returns>The encoding's name; null when both sides have none.</returns>
    /// <exception cref="SmpiConfigurationException">There is no common encoding; the message lists both sets.</exception>
    public static string? Find(string remote, PeerHello own, PeerHello peer)
    {
        ArgumentNullException.ThrowIfNull(own);
        ArgumentNullException.ThrowIfNull(peer);
        if (own.Encodings.Count == 0 && peer.Encodings.Count == 0) return null;

        // Two sides of the same role (a plain pair of streams) let the smaller session id decide.
        bool ownDials = own.Role == peer.Role ? own.Session.Span.SequenceCompareTo(peer.Session.Span) < 0 : own.Role == ConnectionRole.Dialler;
        (PeerHello dialler, PeerHello listener) = ownDials ? (own, peer) : (peer, own);
        foreach (string name in dialler.Encodings)
        {
            if (listener.Encodings.Contains(name, StringComparer.Ordinal)) return name;
        }

        throw new SmpiConfigurationException(
            $"No encoding is common to both sides: this side has {List(own)}, {remote} has {List(peer)}. Add one of the peer's encodings here, or one of these there.");
    }

    private static string List(PeerHello side) => side.Encodings.Count == 0 ? "none" : string.Join(", ", side.Encodings.Select(name => $"'{name}'"));
}
