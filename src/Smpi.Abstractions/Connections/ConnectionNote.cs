namespace Smpi;

/// <summary>Something a protocol noticed that is no message.</summary>
/// <param name="Source">Where it came from, such as <c>stderr</c> or <c>junk</c>.</param>
/// <param name="Text">The text, one line; control characters in it are escaped.</param>
public readonly record struct ConnectionNote(string Source, string Text)
{
    /// <summary>The text, one line, without control characters.</summary>
    public string Text { get; init; } = VisibleText.Of(Text);
}
