namespace Smpi.Tests;

internal sealed record Ping(int Number) : IRequest<Pong>;

internal sealed record Pong(int Number, string Text);

internal sealed record Count(int To, int Size = 0) : IStreamRequest<Pong>;

internal sealed record Sum : IClientStreamRequest<int, Pong>;

internal sealed record Doubled : IDuplexRequest<int, Pong>;

internal sealed record Hang(int Id) : IRequest<Pong>;

internal sealed record AskBack(int Number) : IRequest<Pong>;

internal sealed record Happened(int Number) : IEvent;

[SmpiError("test.broken")]
internal sealed record Broken(string Part);

internal sealed record Break : IRequest;
