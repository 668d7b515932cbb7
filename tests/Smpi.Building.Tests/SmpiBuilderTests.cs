namespace Smpi.Building.Tests;

public sealed class SmpiBuilderTests
{
    [Fact]
    public void Settings_are_the_same_object_every_time()
    {
        var builder = new SmpiBuilder();
        Assert.Same(builder.Settings<ChannelParts>(), builder.Settings<ChannelParts>());
    }

    [Fact]
    public void Every_method_returns_its_builder_and_is_kept()
    {
        var clock = new Clock();
        var protocol = new FakeServerProtocol("p");
        var format = new FakeFormat("f", FormatTraits.Full);
        var encoding = new FakeEncoding("e");
        Func<IConnection, IConnection> layer = connection => connection;
        var limits = new SmpiLimits { Calls = 3 };
        var reconnect = new ReconnectOptions { MaxAttempts = 2 };
        SmpiBuilder builder = new SmpiBuilder().ListenOn(protocol).UseFormat(format).UseEncoding(encoding).UseLayer(layer).RunOn(EventLoop.Inline)
            .WithClock(clock).WithLimits(limits).WithReconnect(reconnect).WithDeadline(TimeSpan.FromSeconds(4)).WithOptions(options => options.Concurrency = 6);
        ChannelPlan plan = builder.Build("worker");
        Assert.Equal(("worker", true, "p"), (plan.Name, plan.Listen, plan.Address));
        Assert.Same(protocol, plan.Protocol);
        Assert.Same(format, plan.Format);
        Assert.Same(encoding, Assert.Single(plan.Encodings));
        Assert.Same(layer, Assert.Single(plan.Layers));
        Assert.Same(EventLoop.Inline, plan.EventLoop);
        Assert.Same(clock, plan.TimeProvider);
        Assert.Same(limits, plan.Limits);
        Assert.Same(reconnect, plan.Options.Reconnect);
        Assert.Equal((TimeSpan.FromSeconds(4), 6), (plan.Options.Deadline, plan.Options.Concurrency));
    }

    [Fact]
    public void It_is_frozen_once_it_has_built()
    {
        var builder = new SmpiBuilder(Fakes.Providers());
        builder.UseAddress("out:x").Build();
        Assert.Contains("use another builder", Assert.Throws<InvalidOperationException>(() => builder.WithDeadline(TimeSpan.Zero)).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => builder.UseAddress("both:x"));
        Assert.Throws<InvalidOperationException>(() => builder.Settings<Own>());
        Assert.Throws<InvalidOperationException>(() => builder.Register(new EncodingEntry("json", "Test", static () => new FakeEncoding("json"))));
    }

    [Fact]
    public void It_is_not_frozen_by_a_plan_that_failed()
    {
        var builder = new SmpiBuilder(Fakes.Providers());
        Assert.Throws<SmpiConfigurationException>(() => builder.Build());
        Assert.Equal("out", builder.UseAddress("out:x").Build().Protocol.Name);
    }

    [Fact]
    public void A_plan_keeps_what_was_said_before_it_and_changes_no_settings()
    {
        var builder = new SmpiBuilder(Fakes.Providers());
        builder.UseAddress("msgpack+out[deadline=5s,max-message=1KiB,loop=inline]:x");
        ChannelPlan plan = builder.Build();
        ChannelParts parts = builder.Settings<ChannelParts>();
        Assert.Empty(parts.Encodings);
        Assert.Null(parts.EventLoop);
        Assert.Same(SmpiLimits.Default, parts.Limits);
        Assert.Equal(TimeSpan.FromSeconds(100), builder.Settings<ChannelOptions>().Deadline);
        builder.Settings<ChannelOptions>().Deadline = TimeSpan.Zero;
        Assert.Equal(TimeSpan.FromSeconds(5), plan.Options.Deadline);
    }

    private sealed class Own;

    private sealed class Clock : TimeProvider;
}
