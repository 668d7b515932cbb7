using Microsoft.CodeAnalysis;

namespace Smpi.Generators;

/// <summary>Makes the descriptors of diagnostics; each id has a page in <c>docs/diagnostics</c>.</summary>
internal static class Rules
{
    public const string Category = "Smpi";

    public static DiagnosticDescriptor Of(string id, string title, string message, DiagnosticSeverity severity) =>
        new(id, title, message, Category, severity, isEnabledByDefault: true, helpLinkUri: $"docs/diagnostics/{id}.md");
}
