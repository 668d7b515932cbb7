using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Smpi.Generators.Tests;

/// <summary>What a generator did.</summary>
/// <param name="Compilation">The compilation with what was generated.</param>
/// <param name="Diagnostics">What the generator reported.</param>
/// <param name="Result">Its files and steps.</param>
internal sealed record Generated(Compilation Compilation, ImmutableArray<Diagnostic> Diagnostics, GeneratorDriverRunResult Result)
{
    /// <summary>The text of a generated file; empty when there is none.</summary>
    public string File(string name) =>
        Result.Results.SelectMany(static r => r.GeneratedSources).FirstOrDefault(s => s.HintName == name).SourceText?.ToString() ?? "";
}
