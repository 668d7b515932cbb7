namespace Thermostat;

/// <summary>Implements the interface; made for every call, in its scope of services.</summary>
internal sealed class Rooms(Heating heating) : IRooms
{
    public ValueTask<Reading> ReadAsync(Read request, CancellationToken cancellation) => ValueTask.FromResult(heating.Read(request.Room));

    public ValueTask<Reading> SetAsync(SetTarget request, CancellationToken cancellation) => ValueTask.FromResult(heating.Set(request.Room, request.Celsius));

    public IAsyncEnumerable<Reading> WatchAsync(Watch request, CancellationToken cancellation) => heating.WatchAsync(request, cancellation);
}
