using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Smpi;

/// <summary>How values become JSON.</summary>
public sealed record JsonEncodingOptions
{
    /// <summary>Where the shapes of types come from, first match first: generated contexts. Empty: reflection, where it is enabled.</summary>
    public IReadOnlyList<IJsonTypeInfoResolver> Contexts { get; init; } = [];

    /// <summary>Whether types that no context knows are read by reflection, where the application has it enabled. Default true.</summary>
    /// <remarks>False shows under a just-in-time compiler what NativeAOT would miss.</remarks>
    public bool Reflection { get; init; } = true;

    /// <summary>Further converters.</summary>
    public IReadOnlyList<JsonConverter> Converters { get; init; } = [];

    /// <summary>How deep a value may be nested, when written and when read; at least 1. Default 64.</summary>
    public int Depth { get; init; } = 64;

    /// <summary>
    /// How many objects (records, collections, strings) the values of one body may take when it is read; at least 1. Default 262,144.
    /// </summary>
    /// <remarks>
    /// Values may take far more memory than their bytes. Objects, arrays and strings of the body count, and names of members where the
    /// type holds dictionaries.
    /// </remarks>
    public int Objects { get; init; } = 262_144;
}
