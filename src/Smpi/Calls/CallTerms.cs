namespace Smpi;

/// <summary>What a call travels with.</summary>
/// <param name="Due">When it times out, as a timestamp; <see cref="long.MaxValue"/> for never.</param>
/// <param name="MillisecondsLeft">The time left when it was sent; zero for no deadline.</param>
/// <param name="Limit">How long it may take, for the sentence of its timeout.</param>
/// <param name="Headers">Header fields, or null.</param>
internal readonly record struct CallTerms(long Due, long MillisecondsLeft, TimeSpan Limit, Headers? Headers);
