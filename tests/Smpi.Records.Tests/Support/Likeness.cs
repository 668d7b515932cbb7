namespace Smpi.Records.Tests;

/// <summary>In what a record may differ after it went through an encoding: only what the documentation says.</summary>
public sealed record Likeness
{
    /// <summary>Null and empty collections are equal.</summary>
    public bool NullIsEmpty { get; init; }

    /// <summary>Times come back in UTC; times of no kind are taken as UTC.</summary>
    public bool TimesAreUtc { get; init; }

    /// <summary>What is left of a value that went through both.</summary>
    /// <param name="other">The other encoding's.</param>
    public Likeness And(Likeness other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new Likeness { NullIsEmpty = NullIsEmpty || other.NullIsEmpty, TimesAreUtc = TimesAreUtc || other.TimesAreUtc };
    }
}
