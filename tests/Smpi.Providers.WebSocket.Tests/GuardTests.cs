using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Smpi.Providers.WebSocket.Tests;

public sealed class GuardTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_token_given_in_code_goes_to_an_address_of_the_configuration(bool withAddress)
    {
        await using WebApplication app = await EndpointTests.StartAsync();
        string address = app.Urls.First().Replace("http:", "ws:", StringComparison.Ordinal) + "/smpi";
        using IHost client = Hosted(new() { ["Smpi:Address"] = address }, smpi =>
        {
            if (withAddress) smpi.UseWebSocket("ws://elsewhere.example/smpi", ws => ws.BearerToken = _ => new ValueTask<string?>("secret"));
            else smpi.UseWebSocket(ws => ws.BearerToken = _ => new ValueTask<string?>("secret"));
        });
        await client.StartAsync().WaitAsync(Soon);
        Assert.Equal(3, await client.Services.GetRequiredService<ISmpiChannel>().RequestAsync(new Add(1, 2)).AsTask().WaitAsync(Soon));
        await client.StopAsync().WaitAsync(Soon);
        await app.StopAsync().WaitAsync(Soon);
    }

    [Theory]
    [InlineData("Smpi:Address", "memory:elsewhere", "WebSocketOptions.BearerToken")]
    [InlineData("Smpi:Protocol", "memory:elsewhere", "WebSocketOptions.BearerToken")]
    public async Task A_token_is_not_dropped_by_another_protocol(string key, string value, string guard)
    {
        using IHost client = Hosted(new() { [key] = value }, smpi => smpi.UseWebSocket("ws://elsewhere.example/smpi", ws => ws.BearerToken = _ => new ValueTask<string?>("secret")));
        SmpiConfigurationException error = await Assert.ThrowsAsync<SmpiConfigurationException>(() => client.StartAsync().WaitAsync(Soon));
        Assert.Contains(guard, error.Message, StringComparison.Ordinal);
        Assert.Contains($"'{value}' cannot carry that", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("policy", "MapSmpi().RequireAuthorization")]
    [InlineData("fallback", "AuthorizationOptions.FallbackPolicy")]
    [InlineData("group", "the authorization of MapGroup")]
    [InlineData("early", "MapSmpi().RequireAuthorization")]
    public async Task A_guarded_endpoint_does_not_move_to_a_protocol_without_the_guard(string kind, string guard)
    {
        var network = new MemoryNetwork();
        await using WebApplication app = Moved(network, kind);
        SmpiConfigurationException error = await Assert.ThrowsAsync<SmpiConfigurationException>(() => app.StartAsync().WaitAsync(Soon));
        Assert.Contains(guard, error.Message, StringComparison.Ordinal);
        Assert.Contains("'memory:elsewhere' cannot carry that", error.Message, StringComparison.Ordinal);
        await using ISmpiChannel stranger = SmpiChannel.Create(builder => builder.UseMemory("elsewhere", network).UseJson());
        await Assert.ThrowsAsync<ChannelClosedException>(() => stranger.ConnectAsync().AsTask().WaitAsync(Soon));
    }

    [Theory]
    [InlineData("open")]
    [InlineData("anonymous")]
    public async Task An_open_endpoint_moves(string kind)
    {
        var network = new MemoryNetwork();
        await using WebApplication app = Moved(network, kind);
        await app.StartAsync().WaitAsync(Soon);
        await using ISmpiChannel channel = SmpiChannel.Create(builder => builder.UseMemory("elsewhere", network).UseJson());
        Assert.Equal(3, await channel.RequestAsync(new Add(1, 2)).AsTask().WaitAsync(Soon));
        await app.StopAsync().WaitAsync(Soon);
    }

    [Fact]
    public async Task Options_without_an_address_say_so()
    {
        await using ISmpiChannel channel = SmpiChannel.Create(builder => builder.UseWebSocket(ws => ws.MaxFrame = 1024).UseJson());
        SmpiConfigurationException error = await Assert.ThrowsAsync<SmpiConfigurationException>(() => channel.ConnectAsync().AsTask().WaitAsync(Soon));
        Assert.Contains("has options and no address", error.Message, StringComparison.Ordinal);
    }

    private static WebApplication Moved(MemoryNetwork network, string kind)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ListenOnLoopback();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Smpi:Listen"] = "memory:elsewhere" });
        builder.Services.AddAuthentication();
        builder.Services.AddAuthorization(options =>
        {
            if (kind is "fallback" or "anonymous") options.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build();
        });
        builder.Services.AddSmpi(builder.Configuration.GetSection("Smpi")).AddMemory(network).ListenAspNetCore().UseJson().Handle((Add add) => add.Left + add.Right);
        WebApplication app = builder.Build();
        if (kind == "early") _ = app.Services.GetRequiredService<ISmpiServer>();
        IEndpointRouteBuilder routes = app;
        if (kind == "group") routes = app.MapGroup("/v1").RequireAuthorization();
        IEndpointConventionBuilder endpoint = routes.MapSmpi("/smpi");
        if (kind is "policy" or "early") endpoint.RequireAuthorization();
        if (kind == "anonymous") endpoint.AllowAnonymous();
        return app;
    }

    private static IHost Hosted(Dictionary<string, string?> settings, Action<ISmpiServiceBuilder> configure)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(settings);
        configure(builder.Services.AddSmpi(builder.Configuration.GetSection("Smpi")).AddWebSocket().UseJson());
        return builder.Build();
    }
}
