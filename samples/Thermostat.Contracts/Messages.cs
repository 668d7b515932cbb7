using Smpi;

namespace Thermostat;

public enum Room
{
    Unknown,
    Kitchen,
    Office,
}

[SmpiMessage("thermostat.read")]
public sealed record Read(Room Room) : IRequest<Reading>;

public sealed record Reading(Room Room, double Celsius, DateTimeOffset At, double? Target = null);

[SmpiMessage("thermostat.set")]
[Idempotent]
public sealed record SetTarget(Room Room, double Celsius) : IRequest<Reading>;

[SmpiMessage("thermostat.watch")]
public sealed record Watch(Room Room, int Count) : IStreamRequest<Reading>;

[SmpiMessage("thermostat.target-changed")]
public sealed record TargetChanged(Room Room, double Celsius) : IEvent;

[SmpiError("thermostat.out-of-range")]
public sealed record OutOfRange(double Celsius, double Lowest, double Highest);
