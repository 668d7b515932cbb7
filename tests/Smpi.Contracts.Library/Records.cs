namespace Smpi.Contracts.Library;

public sealed record ReadRequest(string Room);

public sealed record WatchRequest(string Room, int Count);

public sealed record Reading(string Room, double Degrees);

public sealed record Line(string Text);

public sealed record Counted(int Value);

[SmpiError("thermostat.no-room")]
public sealed record NoRoom(string Room);
