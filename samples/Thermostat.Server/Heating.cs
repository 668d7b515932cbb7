using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Smpi;

namespace Thermostat;

/// <summary>The rooms and their targets.</summary>
internal sealed class Heating
{
    private const double Lowest = 5, Highest = 30;

    private readonly ConcurrentDictionary<Room, double> _targets = new();

    public Reading Read(Room room) => new(room, _targets.GetValueOrDefault(room, 20) - 0.5, DateTimeOffset.UtcNow, _targets.TryGetValue(room, out double target) ? target : null);

    public Reading Set(Room room, double celsius)
    {
        if (celsius is < Lowest or > Highest) throw new FaultException(new OutOfRange(celsius, Lowest, Highest), $"{celsius} degrees are out of range.");
        _targets[room] = celsius;
        return Read(room);
    }

    public async IAsyncEnumerable<Reading> WatchAsync(Watch request, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        for (int left = request.Count; left > 0 && await timer.WaitForNextTickAsync(cancellation); left--) yield return Read(request.Room);
    }
}
