using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Smpi.Extensions.DependencyInjection.Tests;

public sealed class HostTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_handler_gets_services_of_a_scope_that_ends_with_its_call()
    {
        using IHost server = Server(out Counters counters);
        await server.StartAsync();
        string address = server.Services.GetRequiredService<ISmpiServer>().Address;
        using IHost client = Host(services => services.AddSmpi().UseAddress(address).AddTcp().UseJson());
        await client.StartAsync();
        ISmpiChannel channel = client.Services.GetRequiredService<ISmpiChannel>();
        for (int number = 0; number < 10; number++) Assert.Equal(number + 1, await channel.RequestAsync(new Add(number, 1)).AsTask().WaitAsync(Soon));
        await TestWait.UntilAsync(() => counters.Disposed == 10);
        await client.StopAsync();
        await server.StopAsync();
    }

    [Fact]
    public async Task A_class_handles_requests_with_its_services()
    {
        using IHost server = Host(services =>
        {
            services.AddSingleton<Counters>().AddScoped<Counter>().AddScoped<AddHandler>();
            services.AddSmpi().ListenOn("tcp://127.0.0.1:0").AddTcp().UseJson().HandleBy<AddHandler, Add, int>();
        });
        await server.StartAsync();
        await using ISmpiChannel channel = await SmpiChannel.ConnectAsync(server.Services.GetRequiredService<ISmpiServer>().Address);
        Assert.Equal(5, await channel.RequestAsync(new Add(2, 3)));
        await server.StopAsync();
    }

    [Fact]
    public async Task The_caller_is_a_service_of_its_call()
    {
        using IHost server = Host(services => services.AddSmpi().ListenOn("tcp://127.0.0.1:0").AddTcp().UseJson()
            .Handle(async (WhoCalls _, ISmpiPeer peer, CallContext call, CancellationToken _) => ReferenceEquals(call.Peer, peer) ? peer.Connection.Protocol : "nobody"));
        await server.StartAsync();
        await using ISmpiChannel channel = await SmpiChannel.ConnectAsync(server.Services.GetRequiredService<ISmpiServer>().Address);
        Assert.Equal("tcp", await channel.RequestAsync(new WhoCalls()));
        await server.StopAsync();
    }

    [Fact]
    public async Task A_channel_taken_from_the_scope_of_a_call_carries_its_deadline()
    {
        await using ISmpiServer back = await SmpiServer.ListenAsync("tcp://127.0.0.1:0", builder => builder.Handle(
            "left", (int _, CallContext call, CancellationToken _) => new ValueTask<double>(call.TimeLeft.TotalSeconds)));
        using IHost middle = Host(services =>
        {
            services.AddSmpi("back").UseAddress(back.Address).AddTcp().UseJson();
            services.AddScoped<Onward>();
            services.AddSmpi().ListenOn("tcp://127.0.0.1:0").UseJson().Handle(async (Relay relay, Onward onward, CancellationToken ct) => await onward.AskAsync(relay.Number, ct));
        });
        await middle.StartAsync();
        await using ISmpiChannel front = await SmpiChannel.ConnectAsync(middle.Services.GetRequiredService<ISmpiServer>().Address);
        double inherited = await front.RequestAsync(new Relay(1), new CallOptions { Deadline = TimeSpan.FromSeconds(20) }).AsTask().WaitAsync(Soon);
        Assert.InRange(inherited, 1, 20);
        ISmpiChannel outside = middle.Services.GetRequiredKeyedService<ISmpiChannel>("back");
        Assert.Equal(Timeout.InfiniteTimeSpan.TotalSeconds, await outside.RequestAsync<int, double>("left", 1));
        await middle.StopAsync();
    }

    [Fact]
    public async Task Channels_and_servers_come_from_configuration()
    {
        string socket = Path.Combine(Path.GetTempPath(), $"smpi-di-{Guid.NewGuid():N}.sock");
        IConfiguration configuration = Configuration(new()
        {
            ["Smpi:Channels:api:Listen"] = $"unix:{socket}",
            ["Smpi:Channels:api:Limits:MessageSize"] = "8MiB",
            ["Smpi:Address"] = $"unix:{socket}",
            ["Smpi:Deadline"] = "5s",
        });
        using IHost host = Host(services =>
        {
            services.AddSmpi(configuration.GetSection("Smpi")).AddTcp().AddJson();
            services.AddSmpi("api").Handle((Add add) => add.Left + add.Right);
        });
        await host.StartAsync();
        ISmpiChannel channel = host.Services.GetRequiredService<ISmpiChannel>();
        Assert.Equal(3, await channel.RequestAsync(new Add(1, 2)).AsTask().WaitAsync(Soon));
        Assert.Equal($"unix:{socket}", host.Services.GetRequiredKeyedService<ISmpiServer>("api").Address);
        Assert.Equal(8 << 20, channel.Status.Connection!.Peer!.Limits.MessageSize);
        await host.StopAsync();
    }

    [Theory]
    [InlineData("Smpi:Adress", "x", "The setting 'Smpi:Adress' is not known. Did you mean 'Address'?")]
    [InlineData("Smpi:Limits:MesageSize", "1", "Did you mean 'Limits:MessageSize'?")]
    [InlineData("Smpi:Limits:MessageSize", "many", "'many' is no size for 'MessageSize'")]
    [InlineData("Smpi:Address", "tpc://127.0.0.1:1", "There is no protocol 'tpc'. Did you mean 'tcp'?")]
    [InlineData("Smpi:Address", "wss://host/path", "reference the package Smpi.Providers.WebSocket and call AddWebSocket()")]
    [InlineData("Smpi:Address", "jsno+tcp://127.0.0.1:1", "There is no format or encoding 'jsno'. Did you mean 'json'?")]
    [InlineData("Smpi:Address", "tcp[dedline=5s]://127.0.0.1:1", "Did you mean 'deadline'?")]
    [InlineData("Smpi:Address", "nothing", "it has no ':'")]
    public async Task What_is_wrong_is_said_at_start(string key, string value, string sentence)
    {
        IConfiguration configuration = Configuration(new() { [key] = value });
        using IHost host = Host(services => services.AddSmpi(configuration.GetSection("Smpi")).AddTcp().AddJson());
        SmpiConfigurationException error = await Assert.ThrowsAsync<SmpiConfigurationException>(() => host.StartAsync());
        Assert.Contains(sentence, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_in_use_is_said_at_start()
    {
        using IHost first = Host(services => services.AddSmpi().ListenOn("tcp://127.0.0.1:0").AddTcp().UseJson());
        await first.StartAsync();
        string address = first.Services.GetRequiredService<ISmpiServer>().Address;
        using IHost second = Host(services => services.AddSmpi().ListenOn(address).AddTcp().UseJson());
        SmpiConfigurationException error = await Assert.ThrowsAsync<SmpiConfigurationException>(() => second.StartAsync());
        Assert.Contains($"{address} is in use", error.Message, StringComparison.Ordinal);
        await first.StopAsync();
    }

    [Fact]
    public async Task A_host_starts_though_the_peer_is_not_there_yet()
    {
        using IHost host = Host(services => services.AddSmpi().UseTcp("127.0.0.1", 1).UseJson());
        await host.StartAsync().WaitAsync(Soon);
        ChannelClosedException error = await Assert.ThrowsAsync<ChannelClosedException>(async () => await host.Services.GetRequiredService<ISmpiChannel>().RequestAsync(new Add(1, 2)));
        Assert.False(error.WasSent);
        await host.StopAsync().WaitAsync(Soon);
    }

    [Fact]
    public async Task One_call_puts_the_whole_application_in_memory()
    {
        using IHost host = Host(services =>
        {
            services.AddSmpi("api").ListenTcp("203.0.113.1", 4711).UseJson().Handle((Add add) => add.Left + add.Right);
            services.AddSmpi().UseTcp("203.0.113.1", 4711).UseJson();
            services.SwapSmpiToMemory();
        });
        await host.StartAsync();
        ISmpiChannel channel = host.Services.GetRequiredService<ISmpiChannel>();
        Assert.Equal(7, await channel.RequestAsync(new Add(3, 4)).AsTask().WaitAsync(Soon));
        Assert.Equal("memory", channel.Status.Connection!.Protocol);
        await host.StopAsync();
    }

    [Fact]
    public void A_channel_that_connects_has_no_server()
    {
        using IHost host = Host(services => services.AddSmpi().UseTcp("127.0.0.1", 1).UseJson());
        SmpiConfigurationException error = Assert.Throws<SmpiConfigurationException>(() => host.Services.GetRequiredService<ISmpiServer>());
        Assert.Contains("does not listen", error.Message, StringComparison.Ordinal);
    }

    private static IHost Server(out Counters counters)
    {
        var made = new Counters();
        counters = made;
        return Host(services =>
        {
            services.AddSingleton(made).AddScoped<Counter>();
            services.AddSmpi().ListenTcp("127.0.0.1", 0).UseJson()
                .Handle(async (Add add, Counter counter, CancellationToken ct) => counter.Add(add.Left, add.Right));
        });
    }

    private static IHost Host(Action<IServiceCollection> configure)
    {
        HostApplicationBuilder builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = "Development" });
        configure(builder.Services);
        return builder.Build();
    }

    private static IConfigurationRoot Configuration(Dictionary<string, string?> values) => new ConfigurationBuilder().AddInMemoryCollection(values).Build();
}
