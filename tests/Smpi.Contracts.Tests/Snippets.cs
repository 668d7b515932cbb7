using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Smpi.Contracts.Tests.Snippets;

// <contract>
[SmpiContract]
public interface IThermostat
{
    ValueTask<Reading> ReadAsync(ReadRequest request, CancellationToken ct);
    IAsyncEnumerable<Reading> WatchAsync(WatchRequest request, CancellationToken ct);
    ValueTask SetAsync(SetRequest request, CancellationToken ct);
    [OneWay] ValueTask LogAsync(LogLine line, CancellationToken ct);
}

public sealed record ReadRequest(string Room);
public sealed record WatchRequest(string Room);
public sealed record SetRequest(string Room, double Degrees);
public sealed record Reading(string Room, double Degrees);
public sealed record LogLine(string Text);
// </contract>

// <implementation>
public sealed class Thermostat : IThermostat
{
    public ValueTask<Reading> ReadAsync(ReadRequest request, CancellationToken ct) => new(new Reading(request.Room, 21.5));

    public async IAsyncEnumerable<Reading> WatchAsync(WatchRequest request, [EnumeratorCancellation] CancellationToken ct)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (await timer.WaitForNextTickAsync(ct)) yield return new Reading(request.Room, 21.5);
    }

    public ValueTask SetAsync(SetRequest request, CancellationToken ct) =>
        request.Degrees > 30 ? throw new FaultException(ErrorCode.InvalidArgument, "30 degrees are enough.") : default;

    public ValueTask LogAsync(LogLine line, CancellationToken ct) => default;
}
// </implementation>

// <shapes>
[SmpiContract("climate.archive")]
public interface IArchive : IThermostat
{
    [Idempotent, SmpiMessage("climate.find")] Task<Reading> FindAsync(ReadRequest request, CancellationToken ct);
    ValueTask<Reading> AverageAsync(ReadRequest request, IAsyncEnumerable<Reading> readings, CancellationToken ct);
    IAsyncEnumerable<Reading> ConvertAsync(ReadRequest request, IAsyncEnumerable<Reading> readings, CancellationToken ct);

    ValueTask<Reading> ReadAsync(string room, CancellationToken ct = default) => ReadAsync(new ReadRequest(room), ct);
}
// </shapes>

// <service>
public sealed class Kitchen(IThermostat thermostat)
{
    public async Task<double> DegreesAsync(CancellationToken ct) => (await thermostat.ReadAsync(new ReadRequest("kitchen"), ct)).Degrees;
}
// </service>

public sealed class SnippetTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task The_contract_is_answered()
    {
        using var limit = new CancellationTokenSource(Soon);
        CancellationToken ct = limit.Token;
        // <use>
        await using ISmpiServer server = SmpiServer.Create(builder => builder
            .ListenTcp("127.0.0.1", 0)
            .UseJson()
            .Implement<IThermostat>(new Thermostat()));
        await server.ListenAsync(ct);

        await using ISmpiChannel channel = await SmpiChannel.ConnectAsync(server.Address, cancellationToken: ct);
        IThermostat thermostat = channel.Proxy<IThermostat>();

        Reading now = await thermostat.ReadAsync(new ReadRequest("kitchen"), ct);
        await foreach (Reading reading in thermostat.WatchAsync(new WatchRequest("kitchen"), ct))
        {
            if (reading.Degrees > 20) break;
        }
        // </use>

        Assert.Equal(21.5, now.Degrees);
        RemoteException error = await Assert.ThrowsAsync<RemoteException>(async () => await thermostat.SetAsync(new SetRequest("kitchen", 40), ct));
        Assert.Equal("30 degrees are enough.", error.Message);

        // <subject>
        Reading same = await channel.RequestAsync<ReadRequest, Reading>("thermostat.read", new ReadRequest("kitchen"), ct);
        // </subject>
        Assert.Equal(now, same);
    }

    [Fact]
    public async Task The_contract_is_a_service()
    {
        HostApplicationBuilder host = Host.CreateEmptyApplicationBuilder(null);
        // <services>
        host.Services.AddSmpi("api").ListenTcp("127.0.0.1", 4711).UseJson()
            .Implement<IThermostat, Thermostat>();      // made in the scope of every call

        host.Services.AddSmpi().UseTcp("127.0.0.1", 4711).UseJson()
            .AddProxy<IThermostat>();                   // Kitchen takes an IThermostat in its constructor
        host.Services.AddSingleton<Kitchen>();
        // </services>
        host.Services.SwapSmpiToMemory();
        using IHost app = host.Build();
        await app.StartAsync();
        Assert.Equal(21.5, await app.Services.GetRequiredService<Kitchen>().DegreesAsync(CancellationToken.None).WaitAsync(Soon));
        await app.StopAsync();
    }
}
