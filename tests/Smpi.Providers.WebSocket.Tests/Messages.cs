namespace Smpi.Providers.WebSocket.Tests;

internal sealed record Add(int Left, int Right) : IRequest<int>;

internal sealed record WhoAmI : IRequest<string>;

internal sealed record Happened(int Number) : IEvent;
