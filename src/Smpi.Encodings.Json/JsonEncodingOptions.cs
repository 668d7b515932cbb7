using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Smpi;

/// <summary>How values become JSON.</summary>
public sealed record JsonEncodingOptions
{
    /// <summary>Where the shapes of types come from, first match first: generated contexts. Empty: reflection, where it is enabled.</summary>
    public IReadOnlyList<IJsonTypeInfoResolver> Contexts { get; init; } = [];

    /// <summary>Further converters.</summary>
    public IReadOnlyList<JsonConverter> Converters { get; init; } = [];

    /// <summary>How deep a value may be nested. Default 64.</summary>
    public int Depth { get; init; } = 64;
}
