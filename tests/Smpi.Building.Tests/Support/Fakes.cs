namespace Smpi.Building.Tests;

internal sealed class FakeProtocol(string name, string? option = null) : IProtocol
{
    public string Name => name;

    public string? Option => option;

    public ValueTask<IConnection> ConnectAsync(ConnectionOptions options, CancellationToken cancellationToken) => throw new NotSupportedException();
}

internal sealed class FakeServerProtocol(string name) : IServerProtocol
{
    public string Name => name;

    public ValueTask<IConnection> ConnectAsync(ConnectionOptions options, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<IListener> ListenAsync(ConnectionOptions options, CancellationToken cancellationToken) => throw new NotSupportedException();
}

internal sealed class FakeFormat(string name, FormatTraits traits) : IWireFormat
{
    public string Name => name;

    public FormatTraits Traits => traits;

    public IMessageReader CreateReader(SmpiLimits limits) => throw new NotSupportedException();

    public IMessageWriter CreateWriter(SmpiLimits limits) => throw new NotSupportedException();
}

internal sealed class FakeEncoding(string name) : IEncoding
{
    public string Name => name;

    public string ContentType => $"application/{name}";

    public ICodec<T> For<T>() => throw new NotSupportedException();

    public ICodec For(Type type) => throw new NotSupportedException();
}

internal static class Fakes
{
    private static readonly FormatTraits JsonOnly = FormatTraits.Full with { RequiredContentType = "application/json", DefaultEncoding = "json" };

    /// <summary>Providers with two protocols (<c>out</c> cannot listen and takes <c>cwd</c>), two formats that want JSON, and two encodings.</summary>
    public static SmpiProviders Providers()
    {
        var providers = new SmpiProviders();
        providers.Register(new ProtocolEntry("out", "Test", static address => new FakeProtocol("out", address.Take("cwd"))));
        providers.Register(new ProtocolEntry("both", "Test", static _ => new FakeServerProtocol("both")));
        providers.Register(new FormatEntry("lines", "Test", static () => new FakeFormat("lines", JsonOnly)));
        providers.Register(new FormatEntry("blocks", "Test", static () => new FakeFormat("blocks", JsonOnly)));
        providers.Register(new EncodingEntry("msgpack", "Test", static () => new FakeEncoding("msgpack")));
        providers.Register(new EncodingEntry("json", "Test", static () => new FakeEncoding("json")));
        return providers;
    }

    public static ChannelPlan Plan(string address, Action<SmpiBuilder>? configure = null)
    {
        var builder = new SmpiBuilder(Providers());
        builder.UseAddress(address);
        configure?.Invoke(builder);
        return builder.Build();
    }

    public static string Refused(Func<object?> action) => Assert.Throws<SmpiConfigurationException>(action).Message;
}
