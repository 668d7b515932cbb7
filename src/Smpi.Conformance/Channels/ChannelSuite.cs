namespace Smpi.Conformance;

/// <summary>The base of the channel's classes: how a pair is put together.</summary>
public abstract class ChannelSuite
{
    private ChannelSetup? _setup;

    /// <summary>The combination under test. Called once in a test.</summary>
    protected abstract ChannelSetup CreateSetup();

    private protected ChannelSetup Setup => _setup ??= CreateSetup();

    private protected FormatTraits Traits => Setup.Traits;

    private protected Task<ChannelPair> OpenAsync(Action<SmpiBuilder>? server = null, Action<SmpiBuilder>? client = null) => ChannelPair.OpenAsync(Setup, server, client);

    private protected static Action<SmpiBuilder> Gated(Gate gate) => builder => builder.Handle((Gated request, CancellationToken ct) => gate.AnswerAsync(request.Id, ct));
}
