using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Smpi.Contracts.Library;

namespace Smpi.Contracts.Tests;

public sealed class ServiceTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_constructor_takes_the_contracts_of_its_channels()
    {
        var network = new MemoryNetwork();
        using IHost server = Host(services =>
        {
            services.AddSingleton<ScopeCount>();
            services.AddSmpi().ListenMemory("one", network).UseJson().Implement<IDisplay, ScopedDisplay>();
            services.AddSmpi("two").ListenMemory("two", network).UseJson().Implement<IDisplay>(new Display());
        });
        await server.StartAsync();
        using IHost client = Host(services =>
        {
            services.AddSmpi().UseMemory("one", network).UseJson().AddProxy<IDisplay>();
            services.AddSmpi("two").UseMemory("two", network).UseJson().AddProxy<IDisplay>();
            services.AddSingleton<Screen>();
        });
        await client.StartAsync();
        Screen screen = client.Services.GetRequiredService<Screen>();
        Assert.Equal("scope 1 a", (await screen.One.ShowAsync(new Line("a"), default).AsTask().WaitAsync(Soon)).Text);
        Assert.Equal("scope 2 b", (await screen.One.ShowAsync(new Line("b"), default).AsTask().WaitAsync(Soon)).Text);
        Assert.Equal("shown c", (await screen.Two.ShowAsync(new Line("c"), default).AsTask().WaitAsync(Soon)).Text);
        await TestWait.UntilAsync(() => server.Services.GetRequiredService<ScopeCount>().Ended == 2);
        await client.StopAsync();
        await server.StopAsync();
    }

    [Fact]
    public async Task A_proxy_within_a_call_inherits_its_deadline()
    {
        var network = new MemoryNetwork();
        using IHost back = Host(services => services.AddSmpi().ListenMemory("back", network).UseJson().Implement<IThermostat, Asking>());
        using IHost middle = Host(services =>
        {
            services.AddSmpi("back").UseMemory("back", network).UseJson().AddProxy<IThermostat>();
            services.AddSmpi().ListenMemory("middle", network).UseJson().Implement<IDisplay, Relay>();
        });
        await back.StartAsync();
        await middle.StartAsync();
        await using ISmpiChannel channel = SmpiChannel.Create(builder => builder.UseMemory("middle", network).UseJson().WithDeadline(TimeSpan.FromSeconds(25)));
        Line left = await channel.Proxy<IDisplay>().ShowAsync(new Line("?"), default).AsTask().WaitAsync(Soon);
        Assert.InRange(int.Parse(left.Text, System.Globalization.CultureInfo.InvariantCulture), 1, 25);
        await middle.StopAsync();
        await back.StopAsync();
    }

    private static IHost Host(Action<IServiceCollection> configure)
    {
        HostApplicationBuilder builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = "Development" });
        configure(builder.Services);
        return builder.Build();
    }

    private sealed record Screen(IDisplay One, [FromKeyedServices("two")] IDisplay Two);

    private sealed class ScopeCount
    {
        private int _made;
        private int _ended;

        public int Ended => Volatile.Read(ref _ended);

        public int Make() => Interlocked.Increment(ref _made);

        public void End() => Interlocked.Increment(ref _ended);
    }

    private sealed class ScopedDisplay(ScopeCount count, CallContext call) : IDisplay, IDisposable
    {
        private readonly int _number = count.Make();

        public ValueTask<Line> ShowAsync(Line line, CancellationToken ct) => new(new Line(call.Subject == "front.display.show" ? $"scope {_number} {line.Text}" : call.Subject));

        public void Dispose() => count.End();
    }

    private sealed class Relay([FromKeyedServices("back")] IThermostat thermostat) : IDisplay
    {
        public async ValueTask<Line> ShowAsync(Line line, CancellationToken ct) => new($"{(await thermostat.CountAsync(new ReadRequest(line.Text), ct)).Value}");
    }
}
