using System.Net;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Smpi.Providers.WebSocket.Tests;

public sealed class EndpointTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task An_endpoint_answers_with_services_of_a_scope_and_the_user_of_the_request()
    {
        await using WebApplication app = await StartAsync();
        await using ISmpiChannel channel = Connect(app, ws => ws.BearerToken = _ => new ValueTask<string?>("secret"));
        Assert.Equal(3, await channel.RequestAsync(new Add(1, 2)).AsTask().WaitAsync(Soon));
        Assert.Equal("ada", await channel.RequestAsync(new WhoAmI()).AsTask().WaitAsync(Soon));
        await app.StopAsync().WaitAsync(Soon);
    }

    [Fact]
    public async Task A_request_without_a_token_is_refused_as_configuration()
    {
        await using WebApplication app = await StartAsync();
        await using ISmpiChannel channel = Connect(app);
        SmpiConfigurationException error = await Assert.ThrowsAsync<SmpiConfigurationException>(() => channel.ConnectAsync().AsTask().WaitAsync(Soon));
        Assert.Contains("HTTP 401", error.Message, StringComparison.Ordinal);
        await app.StopAsync().WaitAsync(Soon);
    }

    [Theory]
    [InlineData("https://evil.example", false)]
    [InlineData("https://good.example", true)]
    public async Task An_origin_has_to_be_listed(string origin, bool allowed)
    {
        await using WebApplication app = await StartAsync();
        await using ISmpiChannel channel = Connect(app, ws =>
        {
            ws.BearerToken = _ => new ValueTask<string?>("secret");
            ws.Headers["Origin"] = origin;
        });
        Exception? error = await Record.ExceptionAsync(() => channel.ConnectAsync().AsTask().WaitAsync(Soon));
        Assert.Equal(allowed, error is null);
        if (!allowed) Assert.Contains("HTTP 403", Assert.IsType<SmpiConfigurationException>(error).Message, StringComparison.Ordinal);
        await app.StopAsync().WaitAsync(Soon);
    }

    internal static async Task<WebApplication> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ListenOnLoopback();
        builder.Services.AddAuthentication("test").AddScheme<AuthenticationSchemeOptions, TokenHandler>("test", null);
        builder.Services.AddAuthorization();
        builder.Services.AddScoped<Adder>();
        builder.Services.AddSmpi().ListenAspNetCore().UseJson()
            .Handle(async (Add add, Adder adder, CancellationToken _) => adder.Sum(add))
            .Handle(async (WhoAmI _, ISmpiPeer peer, CancellationToken _) => peer.Connection.User?.Identity?.Name ?? "nobody");
        WebApplication app = builder.Build();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapSmpi("/smpi", ws => ws.AllowedOrigins.Add("https://good.example")).RequireAuthorization();
        await app.StartAsync().WaitAsync(Soon);
        return app;
    }

    private static ISmpiChannel Connect(WebApplication app, Action<Smpi.WebSocketOptions>? configure = null) => SmpiChannel.Create(
        builder => builder.UseWebSocket(app.Urls.First().Replace("http:", "ws:", StringComparison.Ordinal) + "/smpi", configure).UseJson());

    private sealed class Adder(IServiceProvider scope)
    {
        public int Sum(Add add) => ReferenceEquals(scope.GetRequiredService<Adder>(), this) ? add.Left + add.Right : -1;
    }

    private sealed class TokenHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            if (Request.Headers.Authorization != "Bearer secret") return Task.FromResult(AuthenticateResult.NoResult());
            var user = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, "ada")], "test"));
            return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(user, "test")));
        }
    }
}
