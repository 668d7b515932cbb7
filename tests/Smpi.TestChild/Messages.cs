namespace Smpi.TestChild;

public sealed record Echo(string Text) : IRequest<Echoed>;

public sealed record Echoed(string Text, int ProcessId);

public sealed record Hang : IRequest<Echoed>;

public sealed record Environs(string Variable) : IRequest<Surroundings>;

public sealed record Surroundings(string? Value, string Directory, IReadOnlyList<string> Arguments);

public sealed record Fall(int ExitCode, string LastWords) : IRequest;

public sealed record Say(string Text) : IRequest;
