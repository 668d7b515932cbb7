using Microsoft.CodeAnalysis;

namespace Smpi.Generators;

/// <summary>Reports message records that an encoding cannot carry.</summary>
internal static class RecordRulesReport
{
    private static readonly DiagnosticDescriptor CannotTravel = Rules.Of(
        "SMPI0001", "A record cannot travel", "{0} cannot travel as {1}: {2}", DiagnosticSeverity.Warning);

    public static void Report(SourceProductionContext output, EquatableArray<RootModel> roots, IReadOnlyDictionary<string, string> problems, string encoding)
    {
        foreach (RootModel root in roots)
        {
            foreach (string type in root.Roots)
            {
                // JSON alone has values of no fixed type; who uses them has chosen JSON.
                if (!problems.TryGetValue(type, out string? problem) || problem.Contains("System.Text.Json")) continue;
                TypeModel model = root.Types.First(t => t.Name == type);
                output.ReportDiagnostic(Diagnostic.Create(CannotTravel, root.Where.ToLocation(), model.ShortName, encoding, problem));
            }
        }
    }
}
