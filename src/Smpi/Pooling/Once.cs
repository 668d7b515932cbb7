namespace Smpi;

/// <summary>Objects that are made at first use, by whichever thread comes first.</summary>
internal static class Once
{
    /// <summary>The object in the field, or the one given, whichever was there first.</summary>
    public static T Made<T>(ref T? field, T made)
        where T : class => Interlocked.CompareExchange(ref field, made, null) ?? made;
}
