using Smpi;
using Thermostat;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
builder.Services.AddSingleton<Heating>();

// Peers come through MapSmpi, unless the configuration says another way: --Smpi:Listen=tcp://127.0.0.1:5090
builder.Services.AddSmpi(builder.Configuration.GetSection("Smpi"))
    .AddAll()
    .ListenAspNetCore()
    .Implement<IRooms, Rooms>()
    .Handle((Read request, Heating heating, CancellationToken _) => ValueTask.FromResult(heating.Read(request.Room)))
    .Handle(async (SetTarget request, Heating heating, CallContext call, CancellationToken cancellation) =>
    {
        Reading reading = heating.Set(request.Room, request.Celsius);
        await call.Caller.PublishAsync(new TargetChanged(request.Room, request.Celsius), cancellation);
        return reading;
    })
    .HandleStream((Watch request, Heating heating, CancellationToken cancellation) => heating.WatchAsync(request, cancellation));

WebApplication app = builder.Build();
app.MapGet("/", () => "A thermostat. Its channel is at /smpi.");
app.MapSmpi("/smpi");
app.Run();
