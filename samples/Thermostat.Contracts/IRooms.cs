using Smpi;

namespace Thermostat;

/// <summary>The same service as an interface: clients get a proxy, the server implements it.</summary>
[SmpiContract]
public interface IRooms
{
    ValueTask<Reading> ReadAsync(Read request, CancellationToken cancellation = default);

    [Idempotent]
    ValueTask<Reading> SetAsync(SetTarget request, CancellationToken cancellation = default);

    IAsyncEnumerable<Reading> WatchAsync(Watch request, CancellationToken cancellation = default);
}
