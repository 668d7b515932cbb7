namespace Smpi.Wire.Tests.Hostile;

[SmpiMessage("ask")]
internal sealed record Ask(int Number) : IRequest<Told>;

internal sealed record Told(string Text);

[SmpiMessage("ask-much")]
internal sealed record AskMuch : IRequest<Told>;
