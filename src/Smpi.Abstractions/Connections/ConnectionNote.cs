namespace Smpi;

/// <summary>Something a protocol noticed that is no message.</summary>
/// <param name="Source">Where it came from, such as <c>stderr</c> or <c>junk</c>.</param>
/// <param name="Text">The text, one line.</param>
public readonly record struct ConnectionNote(string Source, string Text);
