using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Smpi;
using Thermostat;

HostApplicationBuilder builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { Args = args, ContentRootPath = AppContext.BaseDirectory });

// How to get there is configuration: --Smpi:Address=json+tcp://127.0.0.1:5090
builder.Services.AddSmpi(builder.Configuration.GetSection("Smpi")).AddAll();
using IHost host = builder.Build();
try
{
    await host.StartAsync();
    ISmpiChannel channel = host.Services.GetRequiredService<ISmpiChannel>();
    var changed = new TaskCompletionSource<TargetChanged>(TaskCreationOptions.RunContinuationsAsynchronously);
    using ISubscription subscription = channel.On<TargetChanged>(changed.SetResult);

    Show("read", await channel.RequestAsync(new Read(Room.Kitchen)));
    Show("set", await channel.RequestAsync(new SetTarget(Room.Kitchen, 21.5)));
    Console.WriteLine($"event: the target of the {(await changed.Task).Room} changed");
    await foreach (Reading reading in channel.StreamAsync(new Watch(Room.Kitchen, 3))) Show("watch", reading);

    // The same service by its interface.
    IRooms rooms = channel.Proxy<IRooms>();
    Show("contract", await rooms.SetAsync(new SetTarget(Room.Office, 18)));
    await foreach (Reading reading in rooms.WatchAsync(new Watch(Room.Office, 2))) Show("contract", reading);
    await rooms.SetAsync(new SetTarget(Room.Office, 99));
}
catch (RemoteException error) when (error.TryGet(out OutOfRange? range))
{
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"refused: {range.Celsius} is not between {range.Lowest} and {range.Highest} ({error.Code})"));
}
catch (SmpiException error)
{
    Console.Error.WriteLine(error.Message);
    return 1;
}

await host.StopAsync();
return 0;

static void Show(string what, Reading reading) =>
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {reading.Room} {reading.Celsius:F1} of {reading.Target?.ToString("F1", CultureInfo.InvariantCulture) ?? "no target"}"));
