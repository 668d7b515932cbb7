namespace Smpi.Conformance.Tests;

/// <summary>The native format with fewer traits, so that every negative runs for real.</summary>
internal sealed class LimitedFormat(FormatTraits traits) : ISessionFormat
{
    private readonly NativeFormat _inner = new();

    public string Name => "limited";

    public FormatTraits Traits { get; } = traits;

    public IMessageReader CreateReader(SmpiLimits limits) => _inner.CreateReader(limits);

    public IMessageWriter CreateWriter(SmpiLimits limits) => _inner.CreateWriter(limits);

    public IWireSession CreateSession(ConnectionOptions options) => _inner.CreateSession(options);
}
