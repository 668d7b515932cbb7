namespace Smpi.Records.Tests;

/// <summary>A request that can hold what cannot be written.</summary>
public sealed record Poor(string Text, Drawing? Drawing, List<Inner>? Inners, Broken? Broken) : IRequest<Poor>;

/// <summary>As <see cref="Poor"/>, but there is always a drawing.</summary>
public sealed record Whole(string Text, Drawing Drawing) : IRequest<Poor>;

public sealed record PoorStream(int At) : IStreamRequest<Poor>;

public sealed record PoorEvent(Poor Value) : IEvent;

public sealed record PoorAnswer(int At) : IRequest<Poor>;

/// <summary>Skips what <see cref="Carrying"/> carries.</summary>
public sealed record Skipping(int? Before = null);

public sealed record Carrying(int? Before, Chain? Chain);
