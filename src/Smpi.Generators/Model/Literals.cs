using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Smpi.Generators;

/// <summary>Constants as expressions.</summary>
internal static class Literals
{
    public static string Text(string value) => SymbolDisplay.FormatLiteral(value, quote: true);

    /// <summary>What a parameter gets when its member did not arrive: its C# default, or that of its type.</summary>
    public static string DefaultOf(IParameterSymbol parameter)
    {
        string type = Names.Of(parameter.Type);
        if (!parameter.HasExplicitDefaultValue || parameter.ExplicitDefaultValue is not { } value) return $"default({type})!";
        string literal = value switch
        {
            string text => Text(text),
            char sign => SymbolDisplay.FormatLiteral(sign, quote: true),
            bool truth => truth ? "true" : "false",
            float number => Single(number),
            double number => Double(number),
            decimal number => number.ToString(CultureInfo.InvariantCulture) + "m",
            ulong number => number.ToString(CultureInfo.InvariantCulture) + "UL",
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => "default",
        };
        return $"({type})({literal})";
    }

    private static string Double(double value) =>
        double.IsNaN(value) ? "double.NaN"
        : double.IsPositiveInfinity(value) ? "double.PositiveInfinity"
        : double.IsNegativeInfinity(value) ? "double.NegativeInfinity"
        : value.ToString("R", CultureInfo.InvariantCulture) + "D";

    private static string Single(float value) =>
        float.IsNaN(value) ? "float.NaN"
        : float.IsPositiveInfinity(value) ? "float.PositiveInfinity"
        : float.IsNegativeInfinity(value) ? "float.NegativeInfinity"
        : value.ToString("R", CultureInfo.InvariantCulture) + "F";
}
