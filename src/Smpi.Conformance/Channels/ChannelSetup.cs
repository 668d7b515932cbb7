namespace Smpi.Conformance;

/// <summary>How a server and a channel to it are put together.</summary>
/// <param name="Server">Composes the server: where it listens, its format, encodings and event loop.</param>
/// <param name="Client">Composes the channel, given the address that the server listens on.</param>
public sealed record ChannelSetup(Action<SmpiBuilder> Server, Action<SmpiBuilder, string> Client)
{
    /// <summary>What the combination can carry; a missing trait turns a test into its negative.</summary>
    public FormatTraits Traits { get; init; } = FormatTraits.Full;
}
