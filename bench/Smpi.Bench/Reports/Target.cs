namespace Smpi.Bench;

/// <summary>What the library wants to reach.</summary>
/// <param name="What">The property.</param>
/// <param name="Wanted">The bound, in words.</param>
/// <param name="Found">What was found; null when it was not measured.</param>
/// <param name="Met">Whether that is enough.</param>
internal sealed record Target(string What, string Wanted, string? Found, bool Met)
{
    public string Verdict => Found is null ? "not measured" : Met ? "met" : "not met";
}
