namespace Smpi.Conformance;

internal sealed record Ping(int Number) : IRequest<Pong>;

internal sealed record Pong(int Number, string Text);

internal sealed record Number(int Value);

internal sealed record Count(int To, int Size) : IStreamRequest<Pong>;

internal sealed record Sum(int Start) : IClientStreamRequest<Number, Pong>;

internal sealed record Doubled(int Factor) : IDuplexRequest<Number, Pong>;

internal sealed record Echo(string Text) : IRequest<Pong>;

internal sealed record Hang(int Id) : IRequest<Pong>;

internal sealed record Gated(int Id) : IRequest<Pong>;

internal sealed record GatedStream(int Id) : IStreamRequest<Pong>;

internal sealed record AskBack(int Number) : IRequest<Pong>;

internal sealed record Announce(int Count, int Size) : IRequest<Pong>;

internal sealed record Break(string Part) : IRequest<Pong>;

internal sealed record Nobody(int Id) : IRequest<Pong>;

internal sealed record Happened(int Number, string Text) : IEvent;

[SmpiError("conformance.broken")]
internal sealed record Broken(string Part);
