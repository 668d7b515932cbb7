namespace Smpi.Building.Tests;

public sealed class PlannerTests
{
    [Fact]
    public void The_defaults_are_the_native_format_every_encoding_and_the_thread_pool()
    {
        ChannelPlan plan = Fakes.Plan("out://h");
        Assert.Equal("native", plan.Format.Name);
        Assert.Equal(["json", "msgpack"], plan.Encodings.Select(encoding => encoding.Name));
        Assert.Same(EventLoop.ThreadPool, plan.EventLoop);
        Assert.Same(SmpiLimits.Default, plan.Limits);
        Assert.False(plan.OwnsEventLoop || plan.Listen);
    }

    [Theory]
    [InlineData("msgpack+native+out:x", "native", "msgpack")]
    [InlineData("native+msgpack+out:x", "native", "msgpack")]
    [InlineData("lines+out:x", "lines", "json")]
    [InlineData("json+lines+out:x", "lines", "json")]
    public void Names_before_the_protocol_are_formats_and_encodings_in_any_order(string address, string format, string encodings)
    {
        ChannelPlan plan = Fakes.Plan(address);
        Assert.Equal(format, plan.Format.Name);
        Assert.Equal(encodings, string.Join(',', plan.Encodings.Select(encoding => encoding.Name)));
    }

    [Theory]
    [InlineData("lines+blocks+out:x", "names two formats, 'lines' and 'blocks'")]
    [InlineData("json+msgpack+out:x", "names two encodings, 'json' and 'msgpack'")]
    [InlineData("msgpack+lines+out:x", "The format 'lines' carries bodies of application/json only, and the encoding 'msgpack' makes application/msgpack")]
    [InlineData("out[deadlin=5s]:x", "The option 'deadlin' in the address 'out:x' is not known. Did you mean 'deadline'? Known for 'out': 'cwd', 'deadline', 'handshake', 'heartbeat', 'loop', 'max-message', 'reconnect'.")]
    [InlineData("out[deadline=soon]:x", "'soon' is no duration for 'deadline'")]
    [InlineData("out[deadline=99999999999h]:x", "at most 24 days")]
    [InlineData("out[max-message=0]:x", "'0' is no size for 'max-message'")]
    [InlineData("out[max-message=4GiB]:x", "'4GiB' is no size")]
    [InlineData("out[reconnect=maybe]:x", "'maybe' is no switch for 'reconnect'")]
    public void What_does_not_fit_is_refused(string address, string part) =>
        Assert.Contains(part, Fakes.Refused(() => Fakes.Plan(address)), StringComparison.Ordinal);

    [Fact]
    public void Options_of_an_address_are_the_channels_and_the_protocols()
    {
        ChannelPlan plan = Fakes.Plan("out[cwd=/srv,deadline=1.5s,max-message=8MiB,reconnect=off,loop=inline,heartbeat=off,handshake=00:00:03]:x");
        Assert.Equal("/srv", Assert.IsType<FakeProtocol>(plan.Protocol).Option);
        Assert.Equal(TimeSpan.FromMilliseconds(1500), plan.Options.Deadline);
        Assert.Equal(8 * 1024 * 1024, plan.Limits.MessageSize);
        Assert.False(plan.Options.Reconnect.Enabled);
        Assert.Same(EventLoop.Inline, plan.EventLoop);
        Assert.Equal(TimeSpan.Zero, plan.Limits.HeartbeatInterval);
        Assert.Equal(TimeSpan.FromSeconds(3), plan.Limits.HandshakeTimeout);
    }

    [Theory]
    [InlineData("500ms", 500)]
    [InlineData("5S", 5000)]
    [InlineData("2m", 120_000)]
    [InlineData("1h", 3_600_000)]
    [InlineData("0:0:1.5", 1500)]
    [InlineData("none", -1)]
    public void Durations_have_units(string text, int milliseconds) =>
        Assert.Equal(milliseconds, Fakes.Plan($"out[deadline={text}]:x").Options.Deadline.TotalMilliseconds);

    [Fact]
    public void What_is_said_later_wins()
    {
        ChannelPlan plan = Fakes.Plan("msgpack+native+out[deadline=2s,max-message=2KiB,loop=inline]:x", builder =>
        {
            builder.WithDeadline(TimeSpan.FromSeconds(1)).WithLimits(limits => limits with { MessageSize = 1024, Calls = 7 }).UseFormat(new FakeFormat("lines", FormatTraits.Full));
            SettingsReader.Apply(builder, new Dictionary<string, string?> { ["Deadline"] = "3s", ["Encoding"] = "json", ["Limits:Streams"] = "9" }, "Smpi");
        });
        Assert.Equal(TimeSpan.FromSeconds(3), plan.Options.Deadline);
        Assert.Equal((2048, 7, 9), (plan.Limits.MessageSize, plan.Limits.Calls, plan.Limits.Streams));
        Assert.Equal("native", plan.Format.Name);
        Assert.Equal("json", Assert.Single(plan.Encodings).Name);
        Assert.Same(EventLoop.Inline, plan.EventLoop);
    }

    [Fact]
    public void Objects_given_in_code_are_used_where_an_address_names_them()
    {
        var format = new FakeFormat("mine", FormatTraits.Full);
        var encoding = new FakeEncoding("own");
        ChannelPlan plan = Fakes.Plan("mine+own+out:x", builder => builder.UseFormat(format).UseEncoding(new FakeEncoding("json")).UseEncoding(encoding));
        Assert.Same(format, plan.Format);
        Assert.Same(encoding, Assert.Single(plan.Encodings));
    }

    [Fact]
    public void Of_several_encodings_the_ones_that_a_format_can_carry_are_kept()
    {
        ChannelPlan plan = Fakes.Plan("lines+out:x", builder => builder.UseEncoding(new FakeEncoding("msgpack")).UseEncoding(new FakeEncoding("json")));
        Assert.Equal("json", Assert.Single(plan.Encodings).Name);
    }

    [Fact]
    public void A_missing_default_encoding_names_the_format_and_the_package()
    {
        var providers = new SmpiProviders();
        var builder = new SmpiBuilder(providers);
        builder.UseProtocol(new FakeProtocol("p")).UseFormat(new FakeFormat("lines", FormatTraits.Full with { DefaultEncoding = "json" }));
        string message = Fakes.Refused(() => builder.Build());
        Assert.Contains("the format 'lines' uses 'json'", message, StringComparison.Ordinal);
        Assert.Contains("Smpi.Encodings.Json", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_to_connect_to_and_nothing_to_encode_with_are_said()
    {
        Assert.Contains("The channel 'worker' has no protocol", Fakes.Refused(() => new SmpiBuilder().Build("worker")), StringComparison.Ordinal);
        Assert.Contains("has no encoding: call UseJson()", Fakes.Refused(() => new SmpiBuilder().UseProtocol(new FakeProtocol("p")).Build()), StringComparison.Ordinal);
    }

    [Fact]
    public void Listening_needs_a_protocol_that_can()
    {
        Assert.True(new SmpiBuilder(Fakes.Providers()).ListenOn("both:x").Build().Listen);
        Assert.Contains("The protocol 'out' cannot listen", Fakes.Refused(() => new SmpiBuilder(Fakes.Providers()).ListenOn("out:x").Build()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_thread_made_by_a_name_ends_with_the_channel()
    {
        ChannelPlan plan = Fakes.Plan("out[loop=thread]:x");
        Assert.True(plan.OwnsEventLoop);
        await Assert.IsType<DedicatedThreadLoop>(plan.EventLoop).DisposeAsync();
    }

    [Fact]
    public async Task A_thread_given_in_code_does_not()
    {
        await using var loop = new DedicatedThreadLoop();
        ChannelPlan plan = Fakes.Plan("out:x", builder => builder.RunOn(loop));
        Assert.Same(loop, plan.EventLoop);
        Assert.False(plan.OwnsEventLoop);
    }

    [Fact]
    public void The_address_of_a_plan_repeats_no_secret() => Assert.Equal("out://***@h", Fakes.Plan("out://me:pw@h").Address);
}
