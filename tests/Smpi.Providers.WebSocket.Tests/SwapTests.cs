using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Smpi.Providers.WebSocket.Tests;

public sealed class SwapTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_web_application_and_its_client_meet_in_memory_by_the_path()
    {
        var network = new MemoryNetwork();
        await using WebApplication app = Application(app => app.MapSmpi("/smpi"), services => services.SwapSmpiToMemory(network));
        await app.StartAsync().WaitAsync(Soon);
        using IHost client = Client("wss://api.example/smpi", services => services.SwapSmpiToMemory(network));
        await client.StartAsync().WaitAsync(Soon);
        ISmpiChannel channel = client.Services.GetRequiredService<ISmpiChannel>();
        Assert.Equal(3, await channel.RequestAsync(new Add(1, 2)).AsTask().WaitAsync(Soon));
        Assert.Equal("memory", channel.Status.Connection!.Protocol);
        await client.StopAsync().WaitAsync(Soon);
        await app.StopAsync().WaitAsync(Soon);
    }

    [Fact]
    public async Task Both_sides_in_one_application_meet_in_memory_too()
    {
        await using WebApplication app = Application(app => app.MapSmpi("/smpi").RequireAuthorization(), services =>
        {
            services.AddAuthorization();
            services.AddSmpi("client").UseWebSocket("wss://api.example/smpi", ws => ws.BearerToken = _ => new ValueTask<string?>("secret")).UseJson();
            services.SwapSmpiToMemory();
        });
        await app.StartAsync().WaitAsync(Soon);
        ISmpiChannel channel = app.Services.GetRequiredKeyedService<ISmpiChannel>("client");
        Assert.Equal(3, await channel.RequestAsync(new Add(1, 2)).AsTask().WaitAsync(Soon));
        await app.StopAsync().WaitAsync(Soon);
    }

    [Theory]
    [InlineData("/rooms/{room}/smpi", "ws://api.example/rooms/7/smpi", true)]
    [InlineData("/smpi", "ws://api.example/other", false)]
    [InlineData("/smpi", "ws://api.example/deep/smpi", false)]
    public async Task The_path_has_to_fit(string pattern, string address, bool fits)
    {
        var network = new MemoryNetwork();
        await using WebApplication app = Application(app => app.MapSmpi(pattern), services => services.SwapSmpiToMemory(network));
        await app.StartAsync().WaitAsync(Soon);
        using IHost client = Client(address, services => services.SwapSmpiToMemory(network));
        Exception? error = await Record.ExceptionAsync(() => client.Services.GetRequiredService<ISmpiChannel>().RequestAsync(new Add(1, 2)).AsTask().WaitAsync(Soon));
        Assert.Equal(fits, error is null);
        if (!fits) Assert.Contains("Names with listeners: '*/smpi'", Assert.IsType<ChannelClosedException>(error).Message, StringComparison.Ordinal);
        await app.StopAsync().WaitAsync(Soon);
    }

    [Fact]
    public async Task An_endpoint_of_a_group_is_found_behind_the_prefix()
    {
        var network = new MemoryNetwork();
        await using WebApplication app = Application(app => app.MapGroup("/v1").MapSmpi("/smpi"), services => services.SwapSmpiToMemory(network));
        await app.StartAsync().WaitAsync(Soon);
        using IHost client = Client("ws://api.example/v1/smpi", services => services.SwapSmpiToMemory(network));
        Assert.Equal(3, await client.Services.GetRequiredService<ISmpiChannel>().RequestAsync(new Add(1, 2)).AsTask().WaitAsync(Soon));
        await app.StopAsync().WaitAsync(Soon);
    }

    private static WebApplication Application(Action<WebApplication> map, Action<IServiceCollection> more)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ListenOnLoopback();
        builder.Services.AddSmpi().ListenAspNetCore().UseJson().Handle((Add add) => add.Left + add.Right);
        more(builder.Services);
        WebApplication app = builder.Build();
        map(app);
        return app;
    }

    private static IHost Client(string address, Action<IServiceCollection> more)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSmpi().UseWebSocket(address).UseJson();
        more(builder.Services);
        return builder.Build();
    }
}
