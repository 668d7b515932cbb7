using Smpi;

namespace Quickstart;

/// <summary>A request says what its answer is: <c>RequestAsync(new Add(1, 2))</c> gives a <see cref="Sum"/>.</summary>
internal sealed record Add(int Left, int Right) : IRequest<Sum>;

internal sealed record Sum(int Value);

/// <summary>A request for a stream of <see cref="Tick"/>.</summary>
internal sealed record Ticks(int EveryMilliseconds) : IStreamRequest<Tick>;

internal sealed record Tick(int Number);

/// <summary>An event: told, never answered.</summary>
internal sealed record LogLine(string Text) : IEvent;

internal sealed record Withdraw(string Account, decimal Amount) : IRequest<Balance>;

internal sealed record Balance(decimal Amount);

/// <summary>The typed detail of an error.</summary>
[SmpiError("bank.overdrawn")]
internal sealed record Overdrawn(decimal Missing);

/// <summary>The worker answers this one by asking its caller back.</summary>
internal sealed record Greet : IRequest<Greeting>;

internal sealed record Greeting(string Text);

internal sealed record WhoAreYou : IRequest<Name>;

internal sealed record Name(string Value);

/// <summary>A request that takes longer than anybody waits.</summary>
internal sealed record Think(int Seconds) : IRequest<Sum>;
