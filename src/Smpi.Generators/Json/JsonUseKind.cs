namespace Smpi.Generators;

/// <summary>Whether a place that chooses JSON has a context of the framework's JSON.</summary>
internal enum JsonUseKind
{
    /// <summary>It has one, or may have one.</summary>
    WithContext,

    /// <summary>It has none.</summary>
    WithoutContext,

    /// <summary>It registers JSON among others, and a context may be given beside it.</summary>
    Hidden,
}
