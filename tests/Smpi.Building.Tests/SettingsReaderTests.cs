namespace Smpi.Building.Tests;

public sealed class SettingsReaderTests
{
    [Fact]
    public void Every_part_can_be_spelled_out()
    {
        ChannelPlan plan = Plan(
            ("protocol", "out[cwd=/srv]://h"), ("FORMAT", "Lines"), ("Encoding", "json"), ("EventLoop", "inline"), ("Deadline", "7s"), ("ShowErrors", "on"), ("Concurrency", "5"),
            ("Reconnect:Enabled", "false"), ("Reconnect:FirstDelay", "1s"), ("Reconnect:MaxDelay", "2s"), ("Reconnect:Factor", "1.5"), ("Reconnect:Jitter", "0"), ("Reconnect:MaxAttempts", "3"),
            ("Limits:MessageSize", "8MiB"), ("limits:handshaketimeout", "3s"), ("Limits", null));
        Assert.Equal("/srv", Assert.IsType<FakeProtocol>(plan.Protocol).Option);
        Assert.Equal("lines", plan.Format.Name);
        Assert.Equal("json", Assert.Single(plan.Encodings).Name);
        Assert.Same(EventLoop.Inline, plan.EventLoop);
        Assert.Equal((TimeSpan.FromSeconds(7), true, 5), (plan.Options.Deadline, plan.Options.ShowErrors, plan.Options.Concurrency));
        Assert.Equal(new ReconnectOptions { Enabled = false, FirstDelay = TimeSpan.FromSeconds(1), MaxDelay = TimeSpan.FromSeconds(2), Factor = 1.5, Jitter = 0, MaxAttempts = 3 }, plan.Options.Reconnect);
        Assert.Equal(SmpiLimits.Default with { MessageSize = 8 * 1024 * 1024, HandshakeTimeout = TimeSpan.FromSeconds(3) }, plan.Limits);
        Assert.Equal("out[cwd=/srv]://h", plan.Address);
    }

    [Fact]
    public void Every_limit_can_be_set()
    {
        foreach (System.Reflection.PropertyInfo property in typeof(SmpiLimits).GetProperties().Where(property => property.SetMethod is not null))
        {
            string value = property.PropertyType == typeof(TimeSpan) ? "77s" : "7777";
            ChannelPlan plan = Plan(("Address", "out:x"), ($"Limits:{property.Name}", value));
            object expected = property.PropertyType == typeof(TimeSpan) ? TimeSpan.FromSeconds(77) : Convert.ChangeType(7777, property.PropertyType, null);
            Assert.Equal(expected, property.GetValue(plan.Limits));
        }
    }

    [Fact]
    public void Lists_are_numbered_or_have_commas()
    {
        Assert.Equal("msgpack,json", Names(Plan(("Address", "out:x"), ("Encoding:10", "json"), ("Encoding:9", "msgpack"))));
        Assert.Equal("msgpack,json", Names(Plan(("Address", "out:x"), ("Encoding", "msgpack, json"))));
    }

    [Fact]
    public void Layers_go_around_those_of_code()
    {
        static IConnection Code(IConnection connection) => connection;
        static IConnection Named(IConnection connection) => connection;
        SmpiProviders providers = Fakes.Providers();
        Func<IConnection, IConnection> code = Code;
        Func<IConnection, IConnection> named = Named;
        providers.Register(new LayerEntry("log", "Test", named));
        var builder = new SmpiBuilder(providers);
        builder.UseAddress("out:x").UseLayer(code);
        SettingsReader.Apply(builder, new Dictionary<string, string?> { ["Layers:0"] = "log" }, "Smpi");
        Assert.Equal([code, named], builder.Build().Layers);
        Assert.Equal([code, named], builder.Build().Layers);
    }

    [Fact]
    public void Address_connects_and_listen_listens()
    {
        Assert.False(Plan(("Address", "both:x")).Listen);
        Assert.True(Plan(("Listen", "both:x")).Listen);
        Assert.True(Plan(("Listen", "on"), ("Protocol", "both:x")).Listen);
        Assert.True(Plan(("Listen", "true"), ("Address", "both:x")).Listen);
        Assert.Contains("keep one", Fakes.Refused(() => Plan(("Listen", "both:x"), ("Address", "both:y"))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Adress", "tcp:x", "The setting 'Smpi:Channels:worker:Adress' is not known. Did you mean 'Address'? Known here: Address, Listen,")]
    [InlineData("Limits:MesageSize", "1", "Did you mean 'Limits:MessageSize'?")]
    [InlineData("Limits:MessageSize:x", "1", "is not known")]
    [InlineData("Reconnect:Jiter", "1", "Did you mean 'Reconnect:Jitter'? Known here: Reconnect:Enabled,")]
    [InlineData("Deadline:Seconds", "1", "is not known")]
    [InlineData("Encoding:first", "json", "is not known")]
    [InlineData("Deadline", "soon", "The setting 'Smpi:Channels:worker:Deadline' cannot be used. 'soon' is no duration")]
    [InlineData("Limits:MessageSize", "8XB", "The setting 'Smpi:Channels:worker:Limits:MessageSize' cannot be used. '8XB' is no size")]
    [InlineData("Reconnect:Jitter", "2", "write one from 0 to 1")]
    [InlineData("Reconnect:MaxAttempts", "-1", "is no count")]
    [InlineData("Concurrency", "0", "at least 1")]
    [InlineData("Listen", "perhaps", "is no switch")]
    [InlineData("Format", "json", "'json' is the name of another part, the encoding, and cannot be the format.")]
    [InlineData("Encoding", "jsn", "There is no encoding 'jsn'. Did you mean 'json'?")]
    [InlineData("EventLoop", "poll", "There is no event loop 'poll'. Did you mean 'pool'?")]
    [InlineData("Layers", "x", "There is no layer 'x'. Added are: none.")]
    [InlineData("Protocol", "json+out:x", "names more than a protocol")]
    [InlineData("Protocol", "out[deadline=5s]:x", "The option 'deadline' in the address 'out:x' is not known. Known for 'out': 'cwd'.")]
    public void What_cannot_be_used_is_said(string key, string value, string part) =>
        Assert.Contains(part, Fakes.Refused(() => Plan(("Address", "out:x"), (key, value))), StringComparison.Ordinal);

    private static string Names(ChannelPlan plan) => string.Join(',', plan.Encodings.Select(encoding => encoding.Name));

    private static ChannelPlan Plan(params (string Key, string? Value)[] settings)
    {
        var builder = new SmpiBuilder(Fakes.Providers());
        SettingsReader.Apply(builder, settings.Select(one => KeyValuePair.Create(one.Key, one.Value)), "Smpi:Channels:worker");
        return builder.Build();
    }
}
